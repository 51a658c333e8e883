"""The room of the page *Lessons*: how a step is asked, unlocked, shown and gone on from. The lessons are next door."""
