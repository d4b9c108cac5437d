"""YAML files read into pydantic models; an error names the file, the line and the field."""

import reprlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from hadrill.harness.errors import WrongCall

M = TypeVar("M", bound=BaseModel)

MOST_REPEATED: Final = 10_000
"""Values that aliases may have stand in a file again; ten aliases in a list, of such a list, and so on: billions."""

_NO_VALUE = (ValueError, LookupError, ArithmeticError, AttributeError, TypeError)
"""What PyYAML's constructors raise where a text is not of the kind that it is said to be, or looks like."""


class _Loader(yaml.SafeLoader):
    """Says where a value is none."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> object:
        try:
            return super().construct_object(node, deep)
        except _NO_VALUE as error:
            kind = node.tag.rpartition(":")[-1]
            problem = f"{reprlib.repr(node.value)} is no {kind}"
            raise yaml.constructor.ConstructorError(None, None, problem, node.start_mark) from error


def read_yaml(path: Path, model: type[M]) -> M:
    """Read and validate a YAML file.

    Raises:
        WrongCall: the file cannot be read, is no YAML, gives a name twice, repeats far too much by aliases, or does not
            fit the model; the first such place is named.
    """
    try:
        text = path.read_text(encoding="utf-8")
        tree = yaml.compose(text, _Loader)
        _check(path, tree)
        return model.model_validate(yaml.load(text, _Loader) or {})  # noqa: S506 - it is a SafeLoader
    except OSError as error:
        raise WrongCall(f"{path} cannot be read: {error.strerror}") from error
    except RecursionError:
        raise WrongCall(f"{path} is nested too deeply, or refers to itself") from None
    except UnicodeDecodeError as error:
        raise WrongCall(f"{path} is no UTF-8 text: {error.reason} at byte {error.start}") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        raise WrongCall(f"{where}: this is no YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise WrongCall(f"{path}: this is no YAML: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "the document"
        wrong = "a mapping is needed here" if first["type"] == "model_type" else first["msg"]
        found = "" if first["type"] == "missing" else f"; found {reprlib.repr(first['input'])}"
        raise WrongCall(f"{path}:{_line_of(tree, first['loc'])}: {field}: {wrong}{found}") from error


def _line_of(node: yaml.Node | None, field: Sequence[int | str]) -> int:
    """The line, from 1, of the field, or of the nearest thing around it that is there."""
    line = node.start_mark.line + 1 if node else 1
    for part in field:
        name, node = _child(node, part)
        if name is None:
            break
        line = name.start_mark.line + 1
    return line


def _child(node: yaml.Node | None, part: int | str) -> tuple[yaml.Node | None, yaml.Node | None]:
    if isinstance(node, yaml.MappingNode):
        return next(((name, value) for name, value in node.value if name.value == str(part)), (None, None))
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part]
    return None, None


def _check(path: Path, tree: yaml.Node | None) -> None:
    """Whatever else looks at the file meets each value as often as this does."""
    seen, again = set(), 0
    for node in _nodes(tree):
        again += id(node) in seen
        if again > MOST_REPEATED:
            raise WrongCall(f"{path}: its aliases repeat more than {MOST_REPEATED} values; use fewer of them")
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            _refuse_repeated_names(path, node)


def _refuse_repeated_names(path: Path, mapping: yaml.MappingNode) -> None:
    seen = set()
    for name in (name for name, _ in mapping.value if isinstance(name, yaml.ScalarNode)):
        if name.value in seen:
            raise WrongCall(f"{path}:{name.start_mark.line + 1}: {name.value!r} is given twice")
        seen.add(name.value)


def _nodes(node: yaml.Node | None) -> Iterator[yaml.Node]:
    """All of them; what has an alias comes again wherever that stands."""
    if node is not None:
        yield node
    if isinstance(node, yaml.MappingNode):
        for pair in node.value:
            for each in pair:
                yield from _nodes(each)
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            yield from _nodes(each)
