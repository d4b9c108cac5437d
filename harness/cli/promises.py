"""What features promise, and which of it a drill saw broken."""

from collections.abc import Iterable
from pathlib import Path

from hadrill.harness.drill.status import Status
from hadrill.harness.evidence.events import EventKind
from hadrill.harness.evidence.journal import read_journal
from hadrill.steps.binding.titles import outlines_in


def promises_in(paths: Iterable[Path]) -> tuple[str, ...]:
    """Every Then of all scenarios in feature files and folders of them, once, with the cells of its Examples filled in.

    Raises:
        NotGherkin: a file cannot be read as a feature.
    """
    thens = (
        filled.text
        for outline in outlines_in(paths)
        for step in outline.all_steps
        if step.type == "then"
        for filled in outline.filled(step)
    )
    return tuple(dict.fromkeys(thens))


def broken_in(folder: Path) -> tuple[str, ...]:
    """The sentences that did not hold in a run, once each.

    Raises:
        HarnessTrouble: its journal is damaged.
    """
    steps = (event.data for event in read_journal(folder) if event.kind is EventKind.STEP)
    return tuple(dict.fromkeys(str(step["text"]) for step in steps if step["status"] == Status.FAILED))
