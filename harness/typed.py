"""Values of a declared type, from what JSON has in their place."""

from collections.abc import Callable, Hashable
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")


def read(kind: type[T], value: object) -> T:
    """A value of that kind.

    Raises:
        ValueError: it is none; says where and why, and quotes nothing: it may hold passwords.
    """
    return cast("T", _quoting_nothing(lambda: _adapter(cast("Hashable", kind)).validate_python(value)))


def read_json(kind: type[T], text: bytes) -> T:
    """The same from JSON that nobody has read yet: halves of characters, or no JSON at all, are refused as well."""
    return cast("T", _quoting_nothing(lambda: _adapter(cast("Hashable", kind)).validate_json(text)))


def _quoting_nothing(validate: Callable[[], object]) -> object:
    """Pydantic's error is left behind whole: as another one's context it would be there to be shown."""
    try:
        return validate()
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_input=False)
    told = "; ".join(f"{'.'.join(map(str, each['loc'])) or 'all of it'}: {each['msg']}" for each in wrong)
    raise ValueError(f"it has not the form that is expected: {told}")


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    """Made once for each kind: making one takes longer than reading hundreds of values with it."""
    return TypeAdapter(cast("Any", kind))
