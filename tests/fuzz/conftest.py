"""How long the fuzz tests search: a minute in all by default, and as long as FUZZ says, which multiplies every count.

`pytest tests/fuzz` is the short run, `FUZZ=50 pytest tests/fuzz` a long one; FUZZ_SEED=7 walks other ways.
"""

import os

from hypothesis import HealthCheck, settings

FACTOR = int(os.environ.get("FUZZ", "1"))
SEED = int(os.environ.get("FUZZ_SEED", "0"))

settings.register_profile(
    "fuzz", max_examples=50 * FACTOR, deadline=None, derandomize=FACTOR == 1,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
settings.load_profile("fuzz")
