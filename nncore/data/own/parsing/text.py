"""Text of a file: its bytes decoded, whichever program wrote them."""

import codecs
import re

from nncore.data.own.parsing.foreign import refuse_bytes, refuse_text
from nncore.data.own.parsing.western import is_western, words_beyond_ascii

SAVE_AS_UTF8 = "save the table as CSV in UTF-8 and bring that"
# A joiner within emoji and the marks of Persian and Arabic words are none of these.
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")
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
    if data.startswith(UTF32):
        return _decode_utf32(data)
    if data.startswith(UTF16) or _looks_like_utf16(data):
        return _decode_utf16(data)
    marked = data.startswith(codecs.BOM_UTF8)
    notes = ["The byte-order mark at the beginning was left out."] * marked
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(data[: error.start + 1].splitlines())
        if marked:
            raise ValueError(f"The file begins as UTF-8, but line {line:,} is not: {SAVE_AS_UTF8}.") from None
        text, notes = _decode_windows(data, line)
    if "\x00" in text:
        raise ValueError("The file holds bytes that are no text: save the table as CSV and bring that.")
    return _without_invisible(text, notes), notes


def _without_invisible(text: str, notes: list[str]) -> str:
    """The text without letters that take no place; a note says so. Raises ValueError for control characters."""
    plain = text.rstrip("\x1a")  # old systems end a file with it
    control = _CONTROL.search(plain)
    if control:  # ISO-2022 turns from one alphabet to another with one of them, others separate values
        line = len(plain[: control.end()].splitlines())
        raise ValueError(f"Line {line:,} holds the control character {ord(control[0]):#04x}, so the file is no CSV or in "
                         f"another encoding: {SAVE_AS_UTF8}.")  # fmt: skip
    visible = plain if plain.isascii() else _INVISIBLE.sub("", plain)
    if len(visible) < len(plain):
        notes.append(f"Invisible characters ({len(plain) - len(visible):,}), which take no place, were left out.")
    return visible


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


def _decode_windows(data: bytes, line: int) -> tuple[str, list[str]]:
    """The text of `data`, whose line `line` is no UTF-8, in Windows-1252. Raises ValueError where its words cannot be."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:  # five bytes have no meaning there
        text = ""
    if not text or not is_western(text):
        raise ValueError(f"Line {line:,} is neither UTF-8 nor Windows-1252 but in another encoding, such as GB18030, "
                         f"Shift-JIS, Windows-1251 or Mac Roman: {SAVE_AS_UTF8}.")  # fmt: skip
    example = words_beyond_ascii(data.splitlines()[line - 1].decode("cp1252"))[0]
    return text, ["The file is not UTF-8 and was read as Windows-1252, the usual encoding of older spreadsheets, so that "
                  f"line {line:,} has “{example[:40]}”; if that looks wrong, save it as UTF-8."]  # fmt: skip
