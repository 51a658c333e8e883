"""What all tests share: how property tests are run, and how many threads there are for matrices."""

import os

import pytest
from hypothesis import settings
from threadpoolctl import threadpool_limits

# A test must fail for what the code does, not for how busy the machine is: no example has a time limit. Where a change is
# judged (CI is set there) the examples are the same every time; elsewhere each run looks at new ones.
settings.register_profile("no deadline", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("no deadline")

# Without it scikit-learn skips one of its checks of estimators. SciPy reads it as it is imported, which nothing above does.
os.environ.setdefault("SCIPY_ARRAY_API", "1")


@pytest.fixture(autouse=True, scope="session")
def one_thread():
    """As on the server: a pool of threads makes small matrices many times slower."""
    with threadpool_limits(1):
        yield
