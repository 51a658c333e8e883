"""Text from outside: what a link, a typed sentence, a file or an error says, shown letter for letter.

Streamlit reads Markdown nearly everywhere and Plotly reads tags: without this a link could put a picture or another link
among our own words. Whatever was written by somebody else goes through here, and is cut where it would flood the page.
"""

import re
import string
import unicodedata
from html import escape

from nncore.words.graphemes import JOINER, NON_JOINER, graphemes

LETTERS = 40
SENTENCE_LETTERS = 400  # of a sentence of ours that quotes what came from outside
_STOP = "\u2060"  # a word joiner: nobody sees it, and no address or short name goes on over it
# What Streamlit rewrites in text itself, so that no backslash helps: addresses, :names: of emoji and icons, and arrows.
_REWRITTEN = re.compile(r"(?<=http)(?=s?://)|(?<=https)(?=://)|(?<=www)(?=\.)|(?=@)|(?<=@)|(?<=:)(?=[\w+-])|"
                        r"(?<=[<\-])(?=[\->])|(?<=[<>~])(?=[=\-])", re.IGNORECASE)  # fmt: skip


def cut(text: str, letters: int = LETTERS) -> str:
    """`text` in one line without invisible characters, of at most so many letters: a longer one ends in "…"."""
    # A letter may be of any number of code points, but none of any script needs thirty.
    line = re.sub(r"[ \t\n]+", " ", "".join(map(_visible, text[: 30 * letters]))).strip(" ")
    whole = graphemes(line)
    return line if len(whole) <= letters and len(text) <= 30 * letters else "".join(whole[: letters - 1]) + "…"


def literal(text: str, letters: int = SENTENCE_LETTERS) -> str:
    """`text`, cut, as Markdown that shows it letter for letter: no link, picture, emphasis, formula, icon or colour."""
    line = _REWRITTEN.sub(_STOP, cut(text, letters))
    return "".join(f"\\{letter}" if letter in string.punctuation else letter for letter in line)


def chart_text(text: str, letters: int = LETTERS) -> str:
    """`text`, cut, as Plotly shows it letter for letter: no tag of its own."""
    return escape(cut(text, letters), quote=False)


def _visible(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in ("Cf", "Cs", "Co", "Cn"):
        # Joiners shape letters and emoji, tags make flags; what turns the direction of reading hides what is written.
        return letter if letter in (JOINER, NON_JOINER) or 0xE0020 <= ord(letter) <= 0xE007F else ""
    return " " if category in ("Cc", "Zl", "Zp") else letter
