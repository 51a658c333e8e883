"""The room of the page *Compare runs*: what differs between pinned runs, as a table, and their courses in one picture."""
