"""The joined engine: each module after what it imports, no name twice, and a mistake said in a sentence."""

import re
from pathlib import Path

import pytest

from pages.parts.live.join import join, shortened, without_blanks
from pages.parts.live.view import engine_script

LIVE = Path(__file__).parents[3] / "pages" / "parts" / "live"


def as_sent(text: str) -> str:
    """`text` without what is left out of the script on the way: blanks, types in a line, and the word export."""
    return "".join(re.sub(r"/\*\* @type .*?\*/", "", text).replace("export ", "").split())


def test_a_module_follows_what_it_imports_and_comes_once():
    modules = {
        "last.js": 'import { one } from "./middle.js";\nimport {\n  two,\n} from "./first.js";\n\nexport default 1;\n',
        "middle.js": 'import { two } from "./first.js";\n\n/** Says\n *  one. */\nexport const one = two - 1;\n',
        "first.js": "// A comment.\nexport const two = 2; // why\n",
    }
    said = join("last.js", modules.__getitem__)
    assert said == "const two = 2; // why\n\nconst one = two - 1;\n\nexport default 1;\n"


@pytest.mark.parametrize("modules, said", [
    ({"a.js": 'import { b } from "./b.js";\n', "b.js": 'import { a } from "./a.js";\n'}, "circle: a.js -> b.js -> a.js"),
    ({"a.js": 'import { b } from "./b.js";\nconst b2 = 1;\n', "b.js": "export class b2 {}\n"},
     "b.js and a.js both define 'b2'"),
    ({"a.js": 'import b from "./b.js";\n'}, "a.js has 'import b"),
    ({"a.js": 'import { b } from "./b.js";\n', "b.js": "export default 1;\n"}, "b.js has 'export default 1;'"),
    ({"a.js": "const a = 1;\nexport { a };\n"}, "a.js has 'export { a };'"),
])  # fmt: skip
def test_what_cannot_be_joined_is_said(modules, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        join("a.js", modules.__getitem__)


def test_types_for_the_checker_are_left_out_where_they_stand_in_a_line_too():
    text = 'const a = /** @type {Map<string, {b: number}>} */ (c), d = [/** @type {"x" | "y"} */ ("x")];\n'
    text += 'const e = "/** not */";\n'
    assert join("a.js", {"a.js": text}.__getitem__) == 'const a = (c), d = [("x")];\nconst e = "/** not */";\n'


@pytest.mark.parametrize("script, short", [
    ("for (const [a, b] of c) d = a ? b : { e: 1 };", "for(const[a,b]of c)d=a?b:{e:1};"),
    ("return a - -b + +c * d ** 2 > e && !f", "return a - -b + +c*d**2>e&&!f"),
    ("if (a === b || c !== d) return (x) => x;", "if(a===b||c !==d)return(x)=>x;"),
    ("a = b ? .5 : c ?? d;", "a=b?.5:c??d;"),
    ('a = b["c"] + "d e" ? f : "g";', 'a=b["c"]+ "d e"?f:"g";'),
    *[(kept, kept) for kept in (
        'a = b || "c \\" , d";', 'a = "b" + / , /.exec(c);', 'a = "b" // , c',
        'a = "b , c";', "a = ' = ';", "a = `b : ${c} = `;", "a = b.match(/ , ( )/g);", "a = b; // c = d", "a = b / c;",
        "a = `b = c\nd : e = f\n</g> = h`;",
    )],
])  # fmt: skip
def test_blanks_go_around_signs_and_never_where_a_text_or_a_pattern_may_stand(script, short):
    assert without_blanks(script) == short


@pytest.mark.parametrize("script, short", [
    ("a();\nb({\nc,\nd,\n});\n", "a();b({c,d,});"),
    ("a()\nb()\n", "a()\nb()\n"),  # where the end of the line ends the statement, it stays
    ("a = b\n+ c;\nd", "a=b\n+ c;d"),
    ("a = `b;\nc;\n${d};\n`;\ne();\nf", "a = `b;\nc;\n${d};\n`;\ne();f"),  # a longer text keeps its lines
    ("a(); // b;\nc", "a(); // b;\nc"),
    ('a = ";";\nb', 'a=";";b'),
])  # fmt: skip
def test_a_line_goes_on_where_more_must_come(script, short):
    assert without_blanks(script) == short


def test_a_style_sheet_on_one_line_says_the_same():
    style = ".a b, .c > d { e: f(1px - 2 * var(--g)) h; }\n.i :not(.j) {\n  k: l;\n  m: n; }\n"
    style += "@media (o: p) { .q { r: s; } }\n"
    assert shortened(style) == ".a b, .c > d{e: f(1px - 2 * var(--g)) h}.i :not(.j){k: l;m: n}@media (o: p){.q{r: s}}"


def test_every_module_of_the_folder_is_in_the_engine_and_the_script_stays_small():
    script = engine_script()
    defined = as_sent(script)
    for path in LIVE.glob("**/*.js"):
        if path.name != "view.js":
            last = [line.strip() for line in path.read_text(encoding="utf-8").rstrip().splitlines()[-3:]]
            assert as_sent("\n".join(last)) in defined, path.name
    assert script.count("\nexport default ") == 1 and "\nimport " not in script
    assert len(script.encode()) < 136_000
