"""What the pages are made of: a room for each page, and the rooms that all of them share.

A page imports from its own room and from the shared ones (`page`, `fields`, `figures`, `live`). No room imports the room of
another page, and nothing here imports a page.
"""
