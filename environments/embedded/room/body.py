"""What a request's body must hold; whatever else it holds there is refused in a sentence."""

from collections.abc import Mapping
from typing import Any

from hadrill.environments.embedded.room.refusal import Refusal

Body = Mapping[str, Any]


def text_in(body: Body, name: str, default: str | None = None) -> str:
    """A text that a program can be given; raises Refusal."""
    return _text(body.get(name, default), f"{name!r}")


def texts_in(body: Body, name: str) -> tuple[str, ...]:
    """A list of such texts, of one at least; raises Refusal."""
    value = body.get(name)
    if not isinstance(value, list) or not value:
        raise Refusal(400, f"{name!r} must be a list of texts")
    return tuple(_text(one, f"each of {name!r}") for one in value)


def table_in(body: Body, name: str, default: Mapping[str, str] | None = None) -> dict[str, str]:
    """Texts, numbers and truth values by name, all as texts; raises Refusal."""
    value = body.get(name, default)
    if not isinstance(value, Mapping):
        raise Refusal(400, f"{name!r} must be an object")
    names, values = f"each name in {name!r}", f"each value in {name!r}"
    return {_text(key, names): _text(_told(one), values) for key, one in value.items()}


def seconds_in(body: Body, name: str, most: float) -> float:
    """A number of seconds; raises Refusal."""
    value = body.get(name)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= most:  # nan is not, either
        raise Refusal(400, f"{name!r} must be a number between 0 and {most:g}")
    return float(value)


def flag_in(body: Body, name: str, *, default: bool) -> bool:
    """A truth value; raises Refusal."""
    value = body.get(name, default)
    if not isinstance(value, bool):
        raise Refusal(400, f"{name!r} must be true or false")
    return value


def _told(value: object) -> object:
    return str(value) if isinstance(value, (int, float)) else value


def _text(value: object, what: str) -> str:
    if not isinstance(value, str) or "\0" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
        raise Refusal(400, f"{what} must be a text, without a zero byte or half a character")
    return value
