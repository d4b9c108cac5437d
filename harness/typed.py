"""Values of a declared type, from what JSON has in their place."""

from collections.abc import Hashable
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

T = TypeVar("T")


def read(kind: type[T], value: object) -> T:
    """A value of that kind.

    Raises:
        ValidationError: it is none; pydantic's, which says where.
    """
    return cast("T", _adapter(cast("Hashable", kind)).validate_python(value))


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    """Made once for each kind: making one takes longer than reading hundreds of values with it."""
    return TypeAdapter(cast("Any", kind))
