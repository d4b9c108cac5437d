"""Sets of transactions as servers print them."""

import pytest

from hadrill.harness.reference.gtids import Gtids


@pytest.mark.parametrize(
    ("whole", "part", "contained"),
    [
        ("a:1-5", "a:2-4", True),
        ("a:1-5", "a:2-6", False),
        ("a:1-3:4-6", "a:2-5", True),
        ("a:1-3:5-6", "a:2-5", False),
        ("a:1-5,\nb:1", "b:1, a:5", True),
        ("a:1-5", "b:1", False),
        ("a:1-5", "", True),
        ("", "a:1", False),
        ("a:1-5:tag:1-2", "a:tag:2", True),
        ("a:1-5", "a:tag:2", False),
    ],
)
def test_a_set_contains_another(whole: str, part: str, *, contained: bool) -> None:
    """Source by source, tag by tag, over line breaks and joined runs."""
    assert Gtids.parse(whole).contains(Gtids.parse(part)) is contained
