"""The live view: JavaScript that pulls parameter vectors, computes what they mean, and draws it.

Python only mounts it (`view.py`) and packs its messages (`message.py`). A room of JavaScript imports only rooms before it:
network, player, drawing, controls, views, and last `mount.js`, to which each message goes.
"""
