"""The core's losses in JavaScript: what the browser says of a network changed by hand follows the same table as the core."""

import json

from nncore.models.losses import LOSSES


def losses_script() -> str:
    """Return the statement that puts the table's losses into `LOSSES` of score.js, each for one output of one example."""
    functions = ",\n".join(f"  {json.dumps(name)}: (z, a, t, k) => {entry.javascript}" for name, entry in LOSSES.items())
    return f"Object.assign(LOSSES, {{\n{functions},\n}});"
