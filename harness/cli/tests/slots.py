"""What of a command line can be bent: whatever takes a value, as the verbs' own parsers say."""

import argparse
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Final

from hadrill.harness.cli.parser import Parser
from hadrill.harness.errors import WrongCall

Slot = tuple[str, ...]
MARK: Final = "bent-here"


def parser_of(verb: str) -> Parser:
    """The parser of a verb."""
    parser = Parser(prog=f"hadrill {verb}")
    import_module(f"hadrill.harness.cli.{verb}").add_arguments(parser)
    return parser


def slots(parser: argparse.ArgumentParser, *path: str) -> Iterator[Slot]:
    """Whatever takes a value, by the verb, what it is asked to do, and the value's name."""
    for action in parser._actions:
        if action.nargs != 0:
            yield (*path, action.dest)
        for name, inner in _inner(action).items():
            yield from slots(inner, *path, name)


def bent_slots(verb: str, call: Sequence[str]) -> set[Slot]:
    """Those that have generated text in them, wherever else the call is wrong.

    Args:
        call: what follows the verb, with ``MARK`` for generated text.
    """
    parser = parser_of(verb)
    _loosen(parser)
    if any(_inner(action) for action in parser._actions) and call and MARK in call[0]:
        return {(verb, "what")}
    try:
        given, _ = parser.parse_known_args(call)
    except WrongCall:  # an option without its value, or nothing at all
        return set()
    path = (verb, given.what) if "what" in given else (verb,)
    return {(*path, name) for name, value in vars(given).items() if MARK in str(value)}


def _loosen(parser: argparse.ArgumentParser) -> None:
    """Take whatever is given, and do not ask for what is not."""
    for action in parser._actions:
        action.required = False
        inner = _inner(action)
        action.choices = action.choices if inner else None
        for each in inner.values():
            _loosen(each)


def _inner(action: argparse.Action) -> dict[str, argparse.ArgumentParser]:
    return dict(action.choices) if isinstance(action, argparse._SubParsersAction) else {}
