"""Figures: arrays in, a Plotly figure out.

Nothing here calls Streamlit. The palette fixes what each colour, marker and line style means; the theme gives every figure
the same template. A page with several figures has a folder of its own name.
"""
