"""Packed tables: the bytes of a small table's file as letters, to go along with a saved run, and back again.

What comes back is measured while it is unpacked and must have the digest by which the run knows its table.
"""

import binascii
import hashlib
import zlib
from base64 import b64decode, b64encode

from nncore.arguments import checked, kind_of, text

MOST_PACKED = 1_000_000  # bytes that are kept with a table
MOST_UNPACKED = 4_000_000  # bytes of a file that goes along with a run
_WRONG = "The table in this file is damaged, or not the one that its run was made with."


@checked(data=kind_of(bytes, bytearray))
def digest_of(data: bytes) -> str:
    """A short text that only the same bytes have."""
    return hashlib.blake2b(data, digest_size=8).hexdigest()


@checked(data=kind_of(bytes, bytearray))
def pack(data: bytes) -> bytes:
    """The bytes, compressed; none at all where they are too many to go along with a run."""
    packed = zlib.compress(data, 6) if len(data) <= MOST_UNPACKED else b""
    return packed if len(packed) <= MOST_PACKED else b""


@checked(packed=kind_of(bytes, bytearray))
def as_letters(packed: bytes) -> str:
    """What `pack` gave, as letters that any text can hold."""
    return b64encode(packed).decode("ascii")


@checked(letters=text, digest=text)
def unpack(letters: str, digest: str) -> bytes:
    """The bytes that `pack` and `as_letters` made to `letters`. Raises ValueError for any but those with this digest."""
    if len(letters) > 4 * MOST_PACKED // 3 + 4:
        raise ValueError(_WRONG)
    reader = zlib.decompressobj()
    try:
        data = reader.decompress(b64decode(letters, validate=True), MOST_UNPACKED + 1)
    except (binascii.Error, ValueError, zlib.error):
        raise ValueError(_WRONG) from None
    if len(data) > MOST_UNPACKED or not reader.eof or digest_of(data) != digest:
        raise ValueError(_WRONG)
    return data
