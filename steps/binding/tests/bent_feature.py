"""Texts that are nearly feature files of ours: one or two lines in them are bent."""

from collections.abc import Callable
from typing import Final

from hypothesis import strategies as st

Lines = list[str]

LINES: Final = (
    "Feature: another one",
    "  Rule: another one",
    "  Rule:",
    "  Background:",
    "      Background: <what>",
    "    Scenario:",
    "    Scenario Outline: of <nothing>",
    "    Scénario: x",
    "      Examples:",
    "      Examples: <a>",
    "        | a |",
    "        | a | b |",
    "        | a | a |",
    "        | ",
    '      """',
    "      ```json",
    "      Given nothing that anybody knows",
    "      And <what happens>",
    "      * clients at work",
    "      Given",
    "      Then",
    "      But",
    "  @HA-4",
    "  @HA-99 @",
    "  @ha-4 @HA-4 #x",
    "  @nightly",
    "  @",
    "  @_x",
    "  @skip",
    "  @skipif @xfail",
    "  @HA-4 @parametrize",
    "  @usefixtures",
    "  @allure_label",
    "# language: fr",
    "# language: none",
    "# language:",
    "\\",
    "      Given <",
    '      Then writes went on within the objective ""',
    '      Then writes went on within the objective "<objective>"',
    "\tScenario: \x00",
    "\u2028Given x",
    "Given x" * 400,
)
Bend = Callable[[Lines, int], Lines]

BENDS: Final[tuple[Bend, ...]] = (
    lambda lines, at: [*lines[:at], *lines[at + 1 :]],
    lambda lines, at: [*lines[:at], lines[at], *lines[at:]],
    lambda lines, at: [*lines[:at], lines[at].strip(), *lines[at + 1 :]],
    lambda lines, at: [*lines[:at], lines[at][: len(lines[at]) * 2 // 3], *lines[at + 1 :]],
    lambda lines, at: [*lines[:at], "# " + lines[at], *lines[at + 1 :]],
    lambda lines, at: [*lines[:at], lines[at].replace(":", ""), *lines[at + 1 :]],
    lambda lines, at: [*lines[:at], lines[at].replace("|", "", 1), *lines[at + 1 :]],
    lambda lines, at: [*lines[at:], *lines[:at]],
    lambda lines, at: lines[:at],
)


@st.composite
def bent(draw: st.DrawFn, text: str) -> str:
    """The text with one or two lines that are gone, doubled, cut, moved, or of something else."""
    lines = text.splitlines()
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, max(0, len(lines) - 1)))
        if draw(st.booleans()) and lines:
            lines = BENDS[draw(st.integers(0, len(BENDS) - 1))](lines, at)
        else:
            lines.insert(at, draw(st.sampled_from(LINES) | st.text(max_size=30)))
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines)
