"""Inputs of a page, and numbers as people read them.

A field reports an invalid value in one sentence and keeps the one before it. Numbers are written with as many digits as the
reader needs: a few in a picture, all that a calculator asks for in a sum.
"""
