"""Figures of the page *Convolution*: pictures, filters and maps as tiles of square cells, and shares right by distance."""
