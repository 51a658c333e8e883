"""What all tests share: how property tests are run."""

import os

from hypothesis import settings

# A test must fail for what the code does, not for how busy the machine is: no example has a time limit. Where a change is
# judged (CI is set there) the examples are the same every time; elsewhere each run looks at new ones.
settings.register_profile("no deadline", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("no deadline")
