"""What JSON has in a value's place is read, or refused without a word of what it holds."""

import traceback
from typing import Any

import pytest

from hadrill.harness.model.instance import Account, Edition
from hadrill.harness.typed import read

SECRET = "s3cret"
STRANGE: list[tuple[Any, Any, str]] = [
    (Account, {"password": SECRET}, "user: Field required"),
    (Account, {"user": "owner", "password": [SECRET]}, "password: "),
    (Account, SECRET, "all of it: "),
    (tuple[Account, ...], [{"user": "owner", "password": "x"}, {"password": SECRET}], "1.user: Field required"),
    (Edition, SECRET, "all of it: "),
    (list[dict[str, Any]], {SECRET: SECRET}, "all of it: "),
]


def test_what_fits_is_read() -> None:
    """Lists become tuples, mappings records."""
    assert read(tuple[Account, ...], [{"user": "owner", "password": SECRET}]) == (Account("owner", SECRET),)


@pytest.mark.parametrize(("kind", "value", "told"), STRANGE)
def test_what_does_not_fit_is_refused_and_not_quoted(kind: Any, value: Any, told: str) -> None:
    """Where and why is said; the traceback quotes nothing either, which may stand in a log."""
    with pytest.raises(ValueError, match="has not the form that is expected") as refused:
        read(kind, value)
    assert told in str(refused.value)
    assert SECRET not in "".join(traceback.format_exception(refused.value))
