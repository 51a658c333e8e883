"""What all tests share: how property tests are run."""

from hypothesis import settings

# A test must fail for what the code does, not for how busy the machine is: no example has a time limit.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
