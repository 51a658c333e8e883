"""The live view: JavaScript that pulls parameter vectors, computes what they mean, and draws it.

Python only mounts it (`view.py`) and packs its messages (`message.py`).
"""
