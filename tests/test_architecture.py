"""The import rules: who may know of whom. They keep the core free of the interface and every page a story."""

import ast
import itertools
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CORE, PARTS = sorted(ROOT.glob("nncore/**/*.py")), sorted(ROOT.glob("pages/parts/**/*.py"))
FIGURES = [path for path in PARTS if "figures" in path.parts]
PAGES = [path for path in sorted(ROOT.glob("pages/*.py")) if path.name != "__init__.py"]
ALL = [ROOT / "app.py", *CORE, *PARTS, *PAGES]

# The one place where the server's libraries are set up: scikit-learn is warmed up there, with pandas, which comes
# with it, and every BLAS pool is limited to one thread.
SERVER, SERVER_LIBRARIES = ROOT / "pages" / "parts" / "page" / "server.py", ("sklearn", "pandas", "threadpoolctl")

# The places where the server itself, which Streamlit brings along, is told what to answer.
ADDRESSES = ROOT / "pages" / "parts" / "page" / "asking" / "addresses.py"
SPEED = ADDRESSES.parents[1] / "streamlit_speed.py"

QR_CODES = ROOT / "pages" / "parts" / "lecture" / "qr.py"


def name_of(path):
    return str(path.relative_to(ROOT))


def imported(path, module_level=False):
    """Dotted names of everything that a file imports, or only what it imports outside of functions."""
    names, waiting = set(), [ast.parse(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)} has a relative import, which hides where it leads"
            # "from pages import parts" imports pages.parts
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        if not (module_level and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)):
            waiting.extend(ast.iter_child_nodes(node))
    return names


def outsiders(path, allowed, module_level=False):
    """Imports of a file that are neither the standard library nor within one of the `allowed` packages."""
    return {
        name for name in imported(path, module_level)
        if name.partition(".")[0] not in sys.stdlib_module_names
        and not any(name == package or name.startswith(package + ".") for package in allowed)
    }  # fmt: skip


def test_there_is_something_to_check():
    assert len(CORE) > 15 and PARTS and FIGURES and PAGES and len(SCRIPTS) > 30


# What only those who have scikit-learn import, by name.
ESTIMATORS = ROOT / "nncore" / "estimators.py"


@pytest.mark.parametrize("path", CORE, ids=name_of)
def test_the_core_imports_numpy_and_inside_functions_scikit_learn_scipy_and_pandas(path):
    if path != ESTIMATORS:
        assert outsiders(path, ("nncore", "numpy"), module_level=True) == set()
    assert outsiders(path, ("nncore", "numpy", "sklearn", "scipy", "pandas")) == set()


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_imports_streamlit_the_parts_and_the_core(path):
    assert outsiders(path, ("streamlit", "pages.parts", "nncore")) == set()


@pytest.mark.parametrize("path", PARTS, ids=name_of)
def test_the_parts_import_no_page_and_no_other_library(path):
    allowed = ["plotly", "numpy", "nncore", "pages.parts"]
    if path not in FIGURES and path.parent.parent.name != "lessons" and path.parent.name != "lessons":
        allowed.append("streamlit")
    if path == QR_CODES:
        allowed.append("segno")
    if path == SERVER:
        allowed.extend(SERVER_LIBRARIES)
    if path in (ADDRESSES, SPEED):
        allowed.append("starlette")
    assert outsiders(path, allowed) == set()


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_nothing_imports_a_page(path):
    pages = {f"pages.{page.stem}" for page in PAGES}
    assert not {name for name in imported(path) for page in pages if name == page or name.startswith(page + ".")}


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_nothing_imports_the_estimators(path):
    assert not {name for name in imported(path) if name.startswith("nncore.estimators")}


# The rooms of the core in their order: each imports only what stands before it.
ROOMS = (
    "doors", "checks", "arguments", "handed_out", "cache", "statistics", "metrics", "data", "models", "training",
    "experiments", "inspection", "many_starts", "evaluation", "single_neuron", "words", "attention", "export",
    "estimator_inputs", "estimators",
)  # fmt: skip
SHARED_ROOMS = ("page", "own", "way", "fields", "figures", "live", "lessons", "lecture")


def module_of(path):
    """The dotted name of a file's module; a room's `__init__` is the room."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for path in [*CORE, *PARTS, *PAGES]}


def imported_modules(path):
    """The modules of this project that a file imports, wherever in the file, types included."""
    longest = {name if name in MODULES else name.rpartition(".")[0] for name in imported(path)}
    return {name for name in longest if name in MODULES and name != module_of(path)}


@pytest.mark.parametrize("path", [path for path in CORE if len(path.relative_to(ROOT).parts) > 1], ids=name_of)
def test_a_room_of_the_core_imports_only_rooms_that_stand_before_it(path):
    own = path.relative_to(ROOT).parts[1].removesuffix(".py")
    if own == "__init__":
        return
    rooms = {name.split(".")[1] if "." in name else "nncore itself" for name in imported_modules(path)}
    assert rooms <= set(ROOMS[: ROOMS.index(own) + 1])


@pytest.mark.parametrize("path", PARTS, ids=name_of)
def test_the_room_of_a_page_is_entered_by_that_page_alone(path):
    own = path.relative_to(ROOT).parts[2]
    rooms = {name.split(".")[2] for name in imported_modules(path) if name.startswith("pages.parts.")}
    if own in SHARED_ROOMS:
        assert rooms <= set(SHARED_ROOMS)
    else:
        assert rooms <= {*SHARED_ROOMS, own}


def test_no_module_imports_itself_by_a_detour():
    imports = {name: imported_modules(path) for name, path in MODULES.items()}
    done, way = set(), []

    def visit(name):
        assert name not in way, " -> ".join([*way[way.index(name) :], name])
        if name in done:
            return
        way.append(name)
        for other in sorted(imports[name]):
            visit(other)
        way.pop()
        done.add(name)

    for name in sorted(imports):
        visit(name)


SCRIPTS = sorted(path for path in ROOT.glob("pages/**/*") if path.suffix in (".js", ".ts"))


@pytest.mark.parametrize("folder", sorted({path.parent for path in [*CORE, *PARTS, *SCRIPTS]}), ids=name_of)
def test_no_room_is_a_corridor(folder):
    for ending in ("py", "js"):
        assert len([path for path in folder.glob(f"*.{ending}") if path.name != "__init__.py"]) <= 15


@pytest.mark.parametrize("path", [*CORE, *PARTS, *SCRIPTS], ids=name_of)
def test_a_module_has_at_most_250_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250


@pytest.mark.parametrize("path, limit", [(ROOT / "app.py", 60), *((page, 150) for page in PAGES)],
                         ids=lambda value: name_of(value) if isinstance(value, Path) else "")  # fmt: skip
def test_pages_stay_short(path, limit):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= limit


@pytest.mark.parametrize("work", [
    "import nncore",
    "from nncore import Experiment, Run, ChunkStore; ChunkStore().chunk_at(Run(Experiment()), 1)",
])  # fmt: skip
def test_the_core_and_its_default_training_load_no_heavy_library(work):
    heavy = ("sklearn", "scipy", "pandas", "streamlit", "plotly")
    script = f"{work}\nimport sys\nprint([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`((?:nncore|pages|tests)/[\w./]+|app\.py)`", ARCHITECTURE)
DOORS = ("nncore/*/**/__init__.py", "pages/parts/*/__init__.py", "pages/parts/page/*/__init__.py")
FOLDERS = [path.parent for pattern in DOORS for path in ROOT.glob(pattern)]
LIVE = ROOT / "pages" / "parts" / "live"
LIVE_ROOMS = ("network", "player", "drawing", "controls", "views")  # in the order in which they import each other


@pytest.mark.parametrize("name", sorted(set(NAMED)))
def test_what_the_architecture_page_names_is_there(name):
    path = ROOT / name
    assert path.is_dir() if name.endswith("/") else path.is_file()


@pytest.mark.parametrize("folder", [*FOLDERS, *(LIVE / room for room in LIVE_ROOMS)], ids=name_of)
def test_the_architecture_page_names_every_room(folder):
    assert f"| `{name_of(folder)}/` |" in ARCHITECTURE


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_a_room_says_what_it_is_for(folder):
    assert len(ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or "") > 50


@pytest.mark.parametrize("tests, source", [("tests/nncore", "nncore"), ("tests/pages", "pages/parts")])
def test_tests_stand_in_the_rooms_of_what_they_test(tests, source):
    folders = {path.parent.relative_to(ROOT / tests) for path in ROOT.glob(f"{tests}/**/test_*.py")}
    assert len(folders) > 5 and not [str(folder) for folder in folders if not (ROOT / source / folder).is_dir()]


def test_recipes_name_files():
    rows = [line for line in ARCHITECTURE.partition("## Recipes")[2].splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 6 and all(re.search(r"`(nncore|pages)/[\w/]+\.py`", row) for row in rows)


def test_the_way_of_a_learning_rate_is_at_most_eight_files_each_beside_one_that_it_knows():
    way = re.search(r"\*\*A learning rate, .*?\n\n", ARCHITECTURE, re.DOTALL)[0]
    modules = [name.replace("/", ".") for name in re.findall(r"`([\w/]+)\.py`", way)]
    assert 5 < len(modules) == len(set(modules)) <= 8
    for one, other in itertools.pairwise(modules):
        assert other in imported_modules(MODULES[one]) or one in imported_modules(MODULES[other])


def test_the_way_from_play_to_pixels_is_ten_lines_and_at_most_twelve_files():
    way = re.findall(r"^\d+\. .*$", ARCHITECTURE, re.MULTILINE)
    assert len(way) == 10 and len(set(re.findall(r"`([\w/]+\.(?:py|js))`", "\n".join(way)))) <= 12


@pytest.mark.parametrize("path", sorted(LIVE.glob("*/*.js")), ids=name_of)
def test_a_room_of_the_live_view_imports_only_rooms_that_stand_before_it(path):
    led_to = re.findall(r'^(?:import|\}) .*from "(\.\.?/[\w./]+)";$', path.read_text(encoding="utf-8"), re.MULTILINE)
    rooms = {(path.parent / name).resolve().parent.name for name in led_to}
    assert rooms <= set(LIVE_ROOMS[: LIVE_ROOMS.index(path.parent.name) + 1])
