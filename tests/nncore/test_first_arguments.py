"""Every public function, of the rooms within rooms too, refuses as its first argument what can be nothing of the kind."""

import inspect
from importlib import import_module
from pkgutil import walk_packages

import pytest

import nncore
from tests.nncore.test_public_names import INNER

ROOMS = ["nncore", *(room.name for room in walk_packages(nncore.__path__, "nncore.") if room.ispkg)]
# A key can be made of anything, and of anything it can be asked whether it names data.
TAKE_ANYTHING = {"key_of", "is_own", "known_kind"}


def public_functions():
    """The public functions that take something, by name."""
    for room in map(import_module, ROOMS):
        for name in room.__all__:
            thing = getattr(room, name)
            if inspect.isfunction(thing) and inspect.signature(thing).parameters and name not in INNER | TAKE_ANYTHING:
                yield name, thing


FUNCTIONS = dict(public_functions())


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_a_first_argument_that_is_nothing_is_refused(name):
    first, *others = inspect.signature(FUNCTIONS[name]).parameters.values()
    given = {other.name: None for other in others if other.default is other.empty}
    with pytest.raises(ValueError, match=r"\w+(\[0\])? must (be|hold|have) .*, got .|^The (file|table|formula)"):
        FUNCTIONS[name](**{first.name: object()}, **given)
