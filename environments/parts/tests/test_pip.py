"""What is read from pip."""

from hadrill.environments.parts.pip import downloaded_bytes

PRINTED = """Collecting numpy==2.4.6
  Downloading numpy-2.4.6-cp311-cp311-linux_x86_64.whl (16.9 MB)
Collecting six
  Using cached six-1.17.0-py2.py3-none-any.whl (11 kB)
Downloading parse-1.22.4-py2.py3-none-any.whl (20 kB)
"""


def test_only_what_came_over_the_network_counts() -> None:
    """Cached files cost nothing; old and new versions of pip indent differently."""
    assert downloaded_bytes(PRINTED) == 16_920_000
