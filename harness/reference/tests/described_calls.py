"""Calls generated from the description of an API: such as fit it, and such as nearly do."""

from dataclasses import dataclass
from typing import Any, Final

from hypothesis import strategies as st

Schema = dict[str, Any]

TEXTS: Final = st.text(max_size=20) | st.sampled_from(
    ["db-0", "db-1", "owner", "%", "'", "`", "\0", "🐋", "\ud800", "a" * 300]
)
ODD: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=3,
)


@dataclass(frozen=True, slots=True)
class DescribedCall:
    """One call of a description.

    Attributes:
        path: with names of its parameters in braces.
        statuses: that it documents.
        body: what its body may be; None where it takes none.
    """

    verb: str
    path: str
    statuses: frozenset[int]
    body: st.SearchStrategy[Any] | None


def calls_of(description: Schema) -> list[DescribedCall]:
    """Every call that is described."""
    return [
        DescribedCall(
            verb.upper(), path, frozenset(map(int, call["responses"])), _body(call.get("requestBody"), description)
        )
        for path, verbs in description["paths"].items()
        for verb, call in verbs.items()
    ]


def _body(request: Schema | None, description: Schema) -> st.SearchStrategy[Any] | None:
    if request is None:
        return None
    schema = request["content"]["application/json"]["schema"]
    return values(schema, description) | values(schema, description, ODD) | ODD


def values(schema: Schema, description: Schema, odd: st.SearchStrategy[Any] | None = None) -> st.SearchStrategy[Any]:
    """What a schema allows; with something odd in place of some of it, or beside it, where that is given."""
    if reference := schema.get("$ref"):
        return values(description["components"]["schemas"][reference.rpartition("/")[-1]], description, odd)
    if choices := schema.get("anyOf") or schema.get("allOf"):
        return st.one_of([values(each, description, odd) for each in choices])
    if "enum" in schema or "const" in schema:
        right = st.sampled_from(schema.get("enum") or [schema["const"]])
    else:
        right = _of_type(schema, description, odd)
    return right if odd is None or schema.get("type") == "object" else right | odd


def _of_type(schema: Schema, description: Schema, odd: st.SearchStrategy[Any] | None) -> st.SearchStrategy[Any]:
    low, high = schema.get("minimum"), schema.get("maximum")
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "string": st.from_regex(schema["pattern"]) if "pattern" in schema else TEXTS,
        "integer": st.integers(low, high),
        "number": st.floats(low, high, allow_nan=False, allow_infinity=False),
        "boolean": st.booleans(),
        "null": st.none(),
    }
    if schema.get("type") == "object":
        return _object(schema, description, odd)
    if schema.get("type") == "array":
        return st.lists(values(schema.get("items", {}), description, odd), max_size=3)
    return kinds.get(schema.get("type", ""), ODD)


def _object(schema: Schema, description: Schema, odd: st.SearchStrategy[Any] | None) -> st.SearchStrategy[Any]:
    parts = {name: values(part, description, odd) for name, part in schema.get("properties", {}).items()}
    needed = set(schema.get("required", ())) if odd is None else set()
    fixed = st.fixed_dictionaries(
        {name: part for name, part in parts.items() if name in needed},
        optional={name: part for name, part in parts.items() if name not in needed},
    )
    more = schema.get("additionalProperties")
    if isinstance(more, dict):
        return st.dictionaries(TEXTS, values(more, description, odd), max_size=3)
    return fixed if odd is None else st.builds(dict, fixed) | st.builds(lambda a, b: {**a, **b}, fixed, _EXTRA)


_EXTRA: Final = st.dictionaries(TEXTS, ODD, max_size=1)
