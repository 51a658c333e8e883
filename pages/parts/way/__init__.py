"""The way through the pages: which there are and in which order, where one has been, and what stands on each of them.

The table of pages is the one place that names them: the menu, every page's question and answer, *Start here* and the links
at the foot of a page are all made from it.
"""
