"""Western words: whether bytes that are no UTF-8 read as a Western European language when taken for Windows-1252.

Nearly any bytes can be taken for Windows-1252. Those of another encoding become words that nobody writes: several accented
letters in a row, an accented capital behind small letters, signs between letters.
"""

import re

LOOKED_AT = 2000  # lines with such letters
MOST_ODD = 0.25  # of the different words
_ACCENTED, _CAPITAL = "À-ÖØ-öø-ÿŠŒŽšœž", "À-ÖØ-ÞŠŒŽ"
_LETTER = f"[A-Za-z{_ACCENTED}]"
_WORD = re.compile(r"[A-Za-z\u0080-\uffff]+")
_ODD = re.compile(
    "[Ÿƒ¤¦¨¬¯´¶¸ˆ˜†‡‚]"  # signs that stand in no word
    f"|{_LETTER}[§©®¹¼½¾¿¡¢£¥€“”„‹›«»÷•‰ª]{_LETTER}"
    f"|{_LETTER}[¼½¾]|[¼¾]{_LETTER}|[{_ACCENTED}]{{3}}"
)
_BESIDE = set("\u00a0‘’“”–—…·€«»")  # what typographers put beside a word
_INNER_CAPITAL = re.compile(f"(?<={_LETTER})[{_CAPITAL}]")


def is_western(text: str) -> bool:
    """Whether nearly all words of `text` with a letter beyond ASCII look like ones of Western Europe."""
    lines = [line for line in text.splitlines() if not line.isascii()][:LOOKED_AT]
    words = set(words_beyond_ascii("\n".join(lines)))
    return sum(map(_is_odd, words)) <= MOST_ODD * len(words)


def words_beyond_ascii(text: str) -> list[str]:
    """The words of `text` that have a letter or a sign beyond ASCII."""
    return [word for word in _WORD.findall(text) if not word.isascii()]


def _is_odd(word: str) -> bool:
    letters, beyond = "".join(re.findall(_LETTER, word)), set(word) - _BESIDE
    if len(beyond) > 1 and not any(map(str.isascii, beyond)):
        return True  # at least two signs, and no plain letter among them
    return bool(_ODD.search(word) or (not letters.isupper() and _INNER_CAPITAL.search(word)))
