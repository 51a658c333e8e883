"""Text of a file: its bytes decoded, whichever program wrote them."""

import codecs

from nncore.data.own.parsing.foreign import refuse_bytes, refuse_text

UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode(data: bytes) -> tuple[str, list[str]]:
    """The text of `data` and notes on its encoding. Raises ValueError for bytes that are no text, and for no table."""
    if not data.strip(b"\x00 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise ValueError("The file is empty.")
    refuse_bytes(data)
    text, notes = _text_of(data)
    refuse_text(text)
    return text, notes


def _text_of(data: bytes) -> tuple[str, list[str]]:
    if data.startswith(codecs.BOM_UTF8):
        return data.decode("utf-8-sig", errors="replace"), ["The byte-order mark at the beginning was left out."]
    if data.startswith(UTF32):
        return _decode_utf32(data)
    if data.startswith(UTF16) or _looks_like_utf16(data):
        return _decode_utf16(data)
    try:
        text, notes = data.decode("utf-8"), []
    except UnicodeDecodeError:
        text, notes = _decode_windows(data)
    if "\x00" in text:
        raise ValueError("The file holds bytes that are no text: save the table as CSV and bring that.")
    return text, notes


def _looks_like_utf16(data: bytes) -> bool:
    """Whether half of the letters at the beginning have a byte 0 at the same place, as in UTF-16 without a mark."""
    begin = data[:200]
    fewer, more = sorted((begin[::2].count(0), begin[1::2].count(0)))
    return len(begin) > 3 and more > 0.25 * len(begin) and fewer < more / 2


def _decode_utf16(data: bytes) -> tuple[str, list[str]]:
    little = data[1:200:2].count(0) > data[:200:2].count(0)  # a letter's own byte comes first
    encoding = "utf-16" if data.startswith(UTF16) else "utf-16-le" if little else "utf-16-be"
    try:
        return data.decode(encoding), ["The file was read as UTF-16."]
    except UnicodeDecodeError:
        raise ValueError("The file begins as UTF-16 but does not go on so: save the table as CSV in UTF-8.") from None


def _decode_utf32(data: bytes) -> tuple[str, list[str]]:
    try:
        return data.decode("utf-32"), ["The file was read as UTF-32."]
    except UnicodeDecodeError:
        raise ValueError("The file begins as UTF-32 but does not go on so: save the table as CSV in UTF-8.") from None


def _decode_windows(data: bytes) -> tuple[str, list[str]]:
    note = ("The file is not UTF-8 and was read as Windows-1252, the usual encoding of older spreadsheets; if letters look "
            "wrong, save it as UTF-8.")  # fmt: skip
    try:
        return data.decode("cp1252"), [note]
    except UnicodeDecodeError:  # five bytes have no meaning there
        return data.decode("latin-1"), [note]
