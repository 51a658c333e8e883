"""Figures: arrays in, a Plotly figure out.

What *Train* shows is HTML instead: Plotly's script is larger than all the rest of a visit. Nothing here calls Streamlit.
The palette fixes what each colour, marker and line style means; the theme gives every figure the same template. A page with
several figures has a folder of its own name.
"""
