"""The core's activations in JavaScript: the browser computes every neuron itself, by the same table as the core."""

import json

from nncore.models.activations import ACTIVATIONS


def activations_script() -> str:
    """Return the statement that puts the table's activations into `ACTIVATIONS` of forward.js.

    Each becomes a function that changes an array of pre-activations in place.
    """
    functions = ",\n".join(f"  {json.dumps(name)}: {_function(entry.javascript)}" for name, entry in ACTIVATIONS.items())
    return f"Object.assign(ACTIVATIONS, {{\n{functions},\n}});"


def _function(expression: str) -> str:
    if expression == "z":
        return "() => {}"
    return (
        "(values) => {\n"
        "    for (let p = 0; p < values.length; p++) {\n"
        "      const z = values[p];\n"
        f"      values[p] = {expression};\n"
        "    }\n"
        "  }"
    )
