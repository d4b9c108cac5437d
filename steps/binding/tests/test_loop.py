"""What is left for pytest's own loop when a crew has run the others."""

from typing import cast

import pytest

from hadrill.steps.binding.crew.loop import run_others


def test_nothing_may_be_left() -> None:
    """Where no scenario judges a time, the crew has run them all."""
    nobody = cast("pytest.Session", None)
    assert run_others(nobody, []) is None  # type: ignore[func-returns-value]
