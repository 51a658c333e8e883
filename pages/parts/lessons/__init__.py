"""The guided lessons, as data: predict, act, see, understand, go on.

A lesson is a list of steps. Its texts have gaps, and what fills them, the right answer too, is computed from the core for
the seed in force: no answer is written down here. No Streamlit: the page that shows lessons is another room.
"""
