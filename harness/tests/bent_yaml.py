"""Texts that are nearly YAML files of ours: one thing in them is bent."""

import copy
from collections.abc import Iterator
from typing import Any, Final

import yaml
from hypothesis import strategies as st

Place = tuple[str | int, ...]

ODD: Final = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.lists(st.integers() | st.text(max_size=3), max_size=3)
    | st.dictionaries(st.text(max_size=5), st.integers(), max_size=2)
    | st.sampled_from(["", "-", "a" * 300, "../../etc", "\0", "1e999", "0x10", 10**30, -1, 0, float("inf"), [[]]])
)
TAGGED: Final = (
    "2001-13-45",
    "!!int x",
    "!!float x",
    "!!binary é",
    "!!timestamp x",
    "!!set {a}",
    "!!omap x",
    "!!bool x",
)
BARE: Final = (
    "*a",
    "&a ",
    "<<: 1",
    "? ",
    "---\n",
    "%YAML 9.9\n",
    ".nan",
    "9" * 5000,
    "1:99:99",
    "0b2",
    "{",
    "]",
    "\t",
    "=",
)
FRAGMENTS: Final = st.sampled_from([*TAGGED, *BARE])


def many_times(form: str) -> str:
    """A list in which each value but the first is ten aliases of the one before, in that form."""
    aliased = (f"&v{n} " + form.format(", ".join([f"*v{n - 1}"] * 10)) for n in range(1, 13))
    return f"[&v0 {{x: x}}, {', '.join(aliased)}]"


def places(value: Any, here: Place = ()) -> Iterator[Place]:
    """Where anything is in a document."""
    yield here
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inner:
        yield from places(each, (*here, name))


@st.composite
def bent(draw: st.DrawFn, text: str) -> str:
    """A document that is bent somewhere, or text that is no YAML at all."""
    if draw(st.booleans()):
        return draw(torn(text))
    return yaml.safe_dump(draw(bent_document(yaml.safe_load(text))), allow_unicode=True)


@st.composite
def bent_document(draw: st.DrawFn, document: Any) -> Any:
    """Another value, another name, something missing, something twice."""
    changed = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 2))):
        place = draw(st.sampled_from(list(places(changed))))
        changed = _changed(changed, place, draw(st.sampled_from(["value", "name", "gone", "twice"])), draw(ODD))
    return changed


@st.composite
def torn(draw: st.DrawFn, text: str) -> str:
    """Some characters of the text are others."""
    at = draw(st.integers(0, len(text)))
    until = draw(st.integers(at, min(len(text), at + 20)))
    fragment = draw(FRAGMENTS | st.text(st.characters(codec="utf-8"), max_size=8))
    if draw(st.booleans()):  # in place of a whole value
        at = text.find(": ", at) + 2
        until = max(at, text.find("\n", at))
    return text[:at] + fragment + text[until:]


def _changed(document: Any, place: Place, how: str, odd: Any) -> Any:
    if not place:
        return odd
    *way, last = place
    inner = document
    for part in way:
        inner = inner[part]
    if how == "gone":
        del inner[last]
    elif how == "name" and isinstance(inner, dict):
        inner[odd if isinstance(odd, str | int) else "other"] = inner.pop(last)
    elif how == "twice" and isinstance(inner, list):
        inner.append(copy.deepcopy(inner[int(last)]))
    else:
        inner[last] = odd
    return document
