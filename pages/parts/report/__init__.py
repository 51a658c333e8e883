"""The room of the page *Report*: one run at one snapshot on a sheet or two of A4, with all that it takes to run it again."""
