"""Inputs of a page, and numbers as people read them.

A field refuses what cannot be in one sentence and keeps the value before it. Numbers are written with as many digits as the
reader needs: a few in a picture, all that a calculator asks for in a sum.
"""
