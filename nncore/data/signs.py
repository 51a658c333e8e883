"""Signs: a small drawing for each measured dataset, for which a picture of its own points would take seconds to load.

Each is the inside of an SVG of 48 x 48 units. The colours are left open, by what they mean: {positive}, {negative}, {grey}
for zero, and {class_0}, {class_1}, ... for the classes.
"""

_petals = "".join(
    '<ellipse cx="24" cy="13" rx="6.5" ry="10" fill="{class_8}" fill-opacity=".85" '
    f'transform="rotate({turn} 24 24)"/>'
    for turn in range(0, 360, 72)
)
FLOWER = _petals + '<circle cx="24" cy="24" r="5" fill="{class_5}"/>'

GLASS = (
    '<path d="M14 17h20c0 8-4 13-10 13s-10-5-10-13z" fill="#b0305c"/>'
    '<path d="M15 5h18l1 12c0 8-4 13-10 13s-10-5-10-13zM24 30v12M16 43h16" stroke="{grey}" stroke-width="2.5"/>'
)

_benign = "".join(
    f'<circle cx="{x}" cy="{y}" r="{r}" fill="{{positive}}" fill-opacity=".45"/>'
    f'<circle cx="{x}" cy="{y}" r="{r / 3:.1f}" fill="{{positive}}"/>'
    for x, y, r in ((13, 14, 9), (35, 12, 7), (12, 36, 7))
)
CELLS = (
    f'{_benign}<path d="M33 22c5-2 6 3 9 6s1 7-1 10-6 6-11 5-9-1-10-7 0-6 3-9 5-3 10-5z" fill="{{negative}}" '
    'fill-opacity=".5"/><circle cx="32" cy="33" r="6" fill="{negative}"/>'
)

DROP = (
    '<path d="M22 5c7 10 12 16 12 23a12 12 0 0 1-24 0c0-7 5-13 12-23z" fill="#c8374a"/>'
    '<path d="M30 44l6-9 4 4 6-11" stroke="{grey}" stroke-width="3"/>'
)

_three = ("..####..", ".#....#.", "......#.", "...###..", "......#.", "......#.", ".#....#.", "..####..")
_squares = "".join(
    f"M{6 * x} {6 * y}h5v5h-5z" for y, row in enumerate(_three) for x, pixel in enumerate(row) if pixel == "#"
)
PIXELS = f'<path d="{_squares}" fill="{{positive}}"/>'  # an 8 x 8 three

_marks = "".join(f"M{x} 1v3M1 {x}h3" for x in range(3, 47, 3))
LARGE_PICTURE = (  # a smooth three on a frame with the marks of many pixels
    f'<path d="{_marks}M1 1h46v46H1z" stroke="{{grey}}" stroke-width="1"/>'
    '<path d="M14 15c3-8 20-8 20 1 0 6-7 7-11 7 5 0 12 2 12 8 0 10-20 10-22 1" stroke="{positive}" stroke-width="6"/>'
)
