"""QR codes, by segno: an address that a phone's camera can read."""

from io import BytesIO

import segno

MOST_LETTERS = 1200  # with more of them, a phone across a room cannot tell the squares apart


def qr_svg(address: str) -> str | None:
    """The address as SVG, black on white as cameras want it, as large as its place; None for one too long for a code."""
    if len(address.encode()) > MOST_LETTERS:
        return None
    picture = BytesIO()
    segno.make(address, error="l", micro=False).save(
        picture, kind="svg", scale=8, border=3, dark="#000", light="#fff", xmldecl=False, omitsize=True
    )
    return picture.getvalue().decode()
