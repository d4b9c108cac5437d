"""Whether a finished run's folder still bears out what it says: the plan, every judgement, the result."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from hadrill.harness.errors import WrongCall
from hadrill.harness.evidence.events import EventKind
from hadrill.harness.evidence.history import sealed_parts
from hadrill.harness.evidence.journal import JOURNAL, read_journal
from hadrill.harness.evidence.segments import unseal
from hadrill.harness.model.verdict import Judgement
from hadrill.reports.plan import PLAN
from hadrill.reports.rejudge import Rejudged, rejudge
from hadrill.reports.result import RESULT, build_result
from hadrill.reports.schema import Result


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of it.

    Attributes:
        run: what the run found, made anew from plan and journal.
        journal_sha256: of the whole journal. Kept elsewhere it tells a record that was rewritten as a whole, which
            nothing in the folder can.
        judged: how many judgements were made again and came out as they had.
        not_again: of judgements that cannot be made again, since they were drawn from no check's arguments, how many
            there are by their check's name.
        wrong: what the evidence does not bear out, in sentences.
    """

    run: Result
    journal_sha256: str
    judged: int
    not_again: Counter[str]
    wrong: tuple[str, ...]


def verify(folder: Path) -> Verified:
    """Read a run's folder as an auditor does, who has nothing else.

    The segments are held to the hashes that the journal has of them, the plan to the hash in the journal's first line,
    each judgement to what its check says now, ``result.json`` to what follows from plan and journal.

    Raises:
        WrongCall: that is no run's folder.
        HarnessTrouble: plan, journal or a segment is damaged, or a segment is not the one that was sealed.
    """
    if not (folder / JOURNAL).is_file():
        raise WrongCall(f"{folder} is no run's folder: there is no {JOURNAL} in it; name one below hadrill-runs")
    for segment in sealed_parts(folder):
        unseal(folder, segment)
    run, again = build_result(folder), rejudge(folder)
    wrong = (*_of_plan(folder), *_of_judgements(again), *_of_result(folder, run))
    not_again = Counter(each.recorded.check for each in again if each.again is None)
    return Verified(run, _sha256(folder / JOURNAL), sum(each.agrees for each in again), not_again, wrong)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _of_plan(folder: Path) -> Iterator[str]:
    first = next(read_journal(folder), None)
    planned = first.data.get("plan_sha256") if first is not None and first.kind is EventKind.OPENED else None
    if planned != _sha256(folder / PLAN):
        yield f"{PLAN} is not the one that the run began with: its hash is not that in the first line of {JOURNAL}"


def _of_judgements(again: tuple[Rejudged, ...]) -> Iterator[str]:
    for each in again:
        if each.again is not None and not each.agrees:
            said = f"{each.scenario}, {each.recorded.check}: {_in_words(each.recorded)} in the drill"
            yield f"event {each.seq}, {said}, and from the record {_in_words(each.again)}"


def _in_words(judgement: Judgement) -> str:
    measured = ", ".join(f"{each.name} {each.value} {each.unit}" for each in judgement.measures)
    found = "; ".join(finding.sentence for finding in judgement.findings) or judgement.undecided
    return " - ".join(part for part in (judgement.verdict.value, measured, found) if part)


def _of_result(folder: Path, run: Result) -> Iterator[str]:
    try:
        told = Result.model_validate_json((folder / RESULT).read_bytes())
    except OSError as error:
        yield f"{RESULT} cannot be read: {error.strerror}"
    except ValidationError as error:
        yield f"{RESULT} is no result: {error.error_count()} of its fields are not as they should be"
    else:
        if told != run:
            borne_out = f"plan and journal say {run.verdict.value}"
            yield f"{RESULT} says {told.verdict.value}; {borne_out}, and not all that it says follows from them"
