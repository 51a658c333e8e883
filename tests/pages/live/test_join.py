"""The joined engine: each module after what it imports, no name twice, and a mistake said in a sentence."""

import re
from pathlib import Path

import pytest

from pages.parts.live.join import join
from pages.parts.live.view import engine_script

LIVE = Path(__file__).parents[3] / "pages" / "parts" / "live"


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


def test_every_module_of_the_folder_is_in_the_engine_and_the_script_stays_small():
    script = engine_script()
    defined = script.replace("export ", "")
    for path in LIVE.glob("**/*.js"):
        if path.name != "view.js":
            last = [line.strip() for line in path.read_text(encoding="utf-8").rstrip().splitlines()[-3:]]
            assert "\n".join(last).replace("export ", "") in defined, path.name
    assert script.count("\nexport default ") == 1 and "\nimport " not in script
    assert len(script.encode()) < 135_000
