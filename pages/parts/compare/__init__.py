"""The room of the page *Compare runs*: what differs between pinned runs, their courses in one picture, and their maps."""
