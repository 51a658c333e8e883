"""The engine as one script: its JavaScript modules, joined in the order in which they import each other.

In the folder the modules are real ones, with `import` and `export`, so that an editor, a type checker and Node read them as
they stand. A component takes one script, so the imports are left out here, and so are comments, indentation, ends of lines
and blanks around signs, which nobody reads there.
"""

import json
import posixpath
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_IMPORT = re.compile(r'^import \{[^}]*\} from "(\.\.?/[\w./]+)";\n', re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?://.*|/\*(?:(?!\*/)[\s\S])*\*/[ \t]*)\n", re.MULTILINE)  # with its lines to itself
_CAST = re.compile(r"/\*\* @type \{[^\n]*?\} \*/ ?")  # says a type to the checker alone
_INDENT = re.compile(r"^\s+", re.MULTILINE)  # and lines without anything
_TEXT = re.compile(r'"[^"\\]*"')  # a text within its line
_LITERAL = re.compile(r"[\"'`/\\]")  # what begins or ends another text, a pattern or a comment
_SIGN = re.compile(r" ?([=,;:?{}()\[\]<>&|*]) ?")  # without + and -: "a - -b" needs its blank
_GOES_ON = (";", "{", ",", "(", "[")
_NAME = re.compile(r"^(?:export )?(?:async )?(?:function\*?|class|const|let|var) (\w+)", re.MULTILINE)


@cache
def joined_engine() -> str:
    """The engine as one JavaScript module, the style sheet included as the constant STYLE."""
    style = f"const STYLE = {json.dumps(shortened(read('live.css')))};\n"
    return style + without_blanks(_INDENT.sub("", join("mount.js", read)))


def without_blanks(script: str) -> str:
    """A script without the blanks around signs, on lines that hold no part of a longer text, of a pattern or of a comment.

    Nor are there blanks to be lost in the texts that stand whole on them. Where such a line ends with a sign after which
    more must come, or that ends a statement, the next one follows it at once.
    """
    parts, in_template = [], False
    for line in script.split("\n"):
        short, texts = _SIGN.sub(r"\1", line), _TEXT.findall(line)
        is_plain = not in_template and not _LITERAL.search(_TEXT.sub("", line)) and texts == _TEXT.findall(short)
        in_template ^= line.count("`") % 2 == 1
        parts += [short if is_plain else line, "" if is_plain and short.endswith(_GOES_ON) else "\n"]
    return "".join(parts[:-1])


def shortened(style: str) -> str:
    """A style sheet that says the same on one line, without the blanks that nothing needs; it has no comment."""
    return re.sub(r";? ?} ?", "}", re.sub(r" ?([{;]) ?", r"\1", " ".join(style.split())))


def read(name: str) -> str:
    """The text of one file of this folder, or of a folder in it."""
    return (_HERE / name).read_text(encoding="utf-8")


def join(entry: str, source: Callable[[str], str]) -> str:
    """One module made of `entry` and all that it imports, each after what it imports itself; `source` gives a module's text.

    Modules are named as seen from this folder. Imports are written `import { a, b } from "./module.js";`, of another folder
    `from "../room/module.js"`, and keep the names. Only the entry may have a default export.
    Raises ValueError where modules import each other in a circle, where two define the same name at their top level, or
    where an import or an export is written in another way.
    """
    texts = {name: source(name) for name in _ordered(entry, source, ())}
    owners: dict[str, str] = {}
    for name, text in texts.items():
        for defined in _NAME.findall(text):
            if defined in owners:
                raise ValueError(f"{owners[defined]} and {name} both define {defined!r}: rename one of them")
            owners[defined] = name
    return "\n".join(_stripped(name, text, name == entry) for name, text in texts.items())


def _ordered(name: str, source: Callable[[str], str], above: tuple[str, ...]) -> dict[str, None]:
    """The names of the modules that `name` needs, and its own, each after those it imports; `above` led here."""
    if name in above:
        raise ValueError(f"modules import each other in a circle: {' -> '.join((*above, name))}")
    order: dict[str, None] = {}
    for imported in _IMPORT.findall(source(name)):
        there = posixpath.normpath(posixpath.join(posixpath.dirname(name), imported))
        order |= _ordered(there, source, (*above, name))
    return order | {name: None}


def _stripped(name: str, text: str, is_entry: bool) -> str:
    """A module's text without comments, imports, and the word export."""
    text = _IMPORT.sub("", _CAST.sub("", _COMMENT.sub("", text)))
    text = re.sub(r"^export (?!default|\{|\*)", "", text, flags=re.MULTILINE)
    left = re.search(rf"^(?:import\b|export {'(?!default)' if is_entry else ''}).*", text, re.MULTILINE)
    if left:
        raise ValueError(f'{name} has {left[0]!r}: write import {{ a }} from "./module.js"; and export before a definition')
    return text.strip("\n") + "\n"
