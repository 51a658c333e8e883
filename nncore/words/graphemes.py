"""Grapheme clusters: what a reader takes for one letter, however many code points it is made of.

An accent belongs to the letter before it, two regional indicators are one flag, and a family is several people joined by
an invisible joiner. The rules are those of Unicode's annex 29 (https://unicode.org/reports/tr29), but for conjuncts of Indic
scripts (GB9c), which stay apart as they did before Unicode 15.1.
"""

import unicodedata
from bisect import bisect_right

from nncore.arguments import checked, text

JOINER, NON_JOINER, KEYCAP, EMOJI_STYLE = "\u200d", "\u200c", "\u20e3", "\ufe0f"

# Extended_Pictographic of Unicode's emoji-data.txt, as first and last code points. Those of the first line are signs of
# ordinary text, such as © and ↔, unless an emoji style follows them.
_SIGNS = "A9 AE 203C 2049 2122 2139 2194-2199 21A9-21AA"
_EMOJI = """
231A-231B 2328 2388 23CF 23E9-23F3 23F8-23FA 24C2 25AA-25AB 25B6 25C0 25FB-25FE 2600-2605 2607-2612 2614-2685 2690-2705
2708-2712 2714 2716 271D 2721 2728 2733-2734 2744 2747 274C 274E 2753-2755 2757 2763-2767 2795-2797 27A1 27B0 27BF 2934-2935
2B05-2B07 2B1B-2B1C 2B50 2B55 3030 303D 3297 3299 1F000-1F0FF 1F10D-1F10F 1F12F 1F16C-1F171 1F17E-1F17F 1F18E 1F191-1F19A
1F1AD-1F1E5 1F201-1F20F 1F21A 1F22F 1F232-1F23A 1F23C-1F23F 1F249-1F3FA 1F400-1F53D 1F546-1F64F 1F680-1F6FF 1F774-1F77F
1F7D5-1F7FF 1F80C-1F80F 1F848-1F84F 1F85A-1F85F 1F888-1F88F 1F8AE-1F8FF 1F90C-1F93A 1F93C-1F945 1F947-1FAFF 1FC00-1FFFD
"""
# Marks that stand before the letter they belong to.
_PREPENDED = "600-605 6DD 70F 890-891 8E2 D4E 110BD 110CD 111C2-111C3 1193F 11941 11A3A 11A84-11A89 11D46 11F02"
_HANGUL = {"L": "1100-115F A960-A97C", "V": "1160-11A7 D7B0-D7C6", "T": "11A8-11FF D7CB-D7FB"}
# What may follow a Hangul syllable of each kind within one cluster (GB6 to GB8).
_FOLLOWS = {"L": ("L", "V", "LV", "LVT"), "LV": ("V", "T"), "V": ("V", "T"), "LVT": ("T",), "T": ("T",)}


def _ranges(text: str) -> list[tuple[int, int]]:
    pairs = (part.partition("-")[::2] for part in text.split())
    return sorted((int(first, 16), int(last or first, 16)) for first, last in pairs)


def _within(letter: str, ranges: list[tuple[int, int]]) -> bool:
    at = bisect_right(ranges, (ord(letter), 0x110000)) - 1
    return at >= 0 and ord(letter) <= ranges[at][1]


_PICTURES, _EMOJI_ONLY, _BEFORE = _ranges(_SIGNS + _EMOJI), _ranges(_EMOJI), _ranges(_PREPENDED)
_SYLLABLES = {kind: _ranges(text) for kind, text in _HANGUL.items()}


@checked(text=text)
def graphemes(text: str) -> list[str]:
    """The grapheme clusters of `text`, in order; joined they are the text."""
    clusters: list[str] = []
    for letter in text:
        if clusters and _belongs(clusters[-1], letter):
            clusters[-1] += letter
        else:
            clusters.append(letter)
    return clusters


def is_picture(cluster: str) -> bool:
    """Whether a cluster is an emoji: a pictograph, a flag, a keycap, or a sign in emoji style."""
    first = cluster[0]
    return (
        _within(first, _EMOJI_ONLY) or _is_regional(first) or KEYCAP in cluster
        or (EMOJI_STYLE in cluster and _within(first, _PICTURES))
    )  # fmt: skip


def _belongs(cluster: str, letter: str) -> bool:
    """Whether `letter` goes on with `cluster`: rules GB3 to GB13 of the annex, in their order."""
    last, kind = cluster[-1], _kind(letter)
    if last == "\r" and letter == "\n":
        return True
    if kind == "control" or _kind(last) == "control":
        return False
    if kind in _FOLLOWS.get(_kind(last), ()) or kind in ("extend", "spacing") or _kind(last) == "prepend":
        return True
    if last == JOINER and _within(letter, _PICTURES):
        return _within(cluster[0], _PICTURES) and cluster[-2:] != JOINER * 2
    return _is_regional(letter) and len(cluster) == 1 and _is_regional(cluster)


def _kind(letter: str) -> str:
    """The letter's Grapheme_Cluster_Break, as far as the rules tell kinds apart; "" for any other."""
    if letter.isascii():
        return "" if letter.isprintable() else "control"
    category, code = unicodedata.category(letter), ord(letter)
    is_tag_or_tone = 0xE0020 <= code <= 0xE007F or 0x1F3FB <= code <= 0x1F3FF
    if category in ("Mn", "Me") or letter in (JOINER, NON_JOINER, "\uff9e", "\uff9f") or is_tag_or_tone:
        return "extend"
    if category == "Mc" or letter in "\u0e33\u0eb3":
        return "spacing"
    if _within(letter, _BEFORE):
        return "prepend"
    if category in ("Cc", "Cf", "Zl", "Zp", "Cs"):
        return "control"
    if 0xAC00 <= code <= 0xD7A3:
        return "LV" if (code - 0xAC00) % 28 == 0 else "LVT"
    return next((kind for kind, ranges in _SYLLABLES.items() if _within(letter, ranges)), "")


def _is_regional(letter: str) -> bool:
    return 0x1F1E6 <= ord(letter) <= 0x1F1FF
