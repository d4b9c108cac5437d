"""How every verb prints: a line at once, in which a terminal finds nothing to obey."""

import sys

from hadrill.environments.parts.progress import Lines


def say(*lines: str) -> None:
    """Print each line at once, for whoever watches."""
    out = Lines(sys.stdout)
    for line in lines:
        out.say(line)
