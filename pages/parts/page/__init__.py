"""What every page stands in: this viewer's session, the link, the frame of the page, and training in front of the viewer.

What is worked out for one viewer is kept for all of them in one cache. Whatever works around a peculiarity of Streamlit
belongs here, so that the pages' own rooms can be read without knowing of it.
"""
