"""The viewer's own data on screen: bringing a table, drawing points, writing a formula, and being asked for a table again.

The page *Train* shows all of it; every page that takes a run asks for the table that its link names and the server has not.
"""
