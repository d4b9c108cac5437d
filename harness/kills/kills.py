"""The kills themselves: drill after drill, each with one kill, until there have been enough."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import hadrill
from hadrill.harness.drill.interruption import Interrupted, Interruption
from hadrill.harness.errors import HadrillError, HarnessTrouble, WrongCall
from hadrill.harness.evidence.clock import now_ns, utc
from hadrill.harness.kills import standing
from hadrill.harness.kills.entries import Absent, Began, Entry, Killed, Sitting, Unfinished, Unharmed
from hadrill.harness.kills.plan import PlannedKill, planned_kill
from hadrill.harness.kills.standing import Standing, standing_of
from hadrill.harness.kills.traces import Traces
from hadrill.harness.kills.trial import Missed, Outcome, await_nothing_left, outcome_of, strike
from hadrill.harness.kills.wording import lines_of
from hadrill.harness.soak.child import end_of, require_taken, started
from hadrill.harness.soak.commit import commit_of_clone
from hadrill.harness.soak.logbook import Logbook

MOST_ATTEMPTS: Final = 20


@dataclass(frozen=True, slots=True)
class KillSettings:
    """What was asked for.

    Attributes:
        folder: of the call.
        asked: options of each drill.
        seed: from which the kills follow; None for the one before, or a random one.
        for_s: seconds after which there have been enough, over all sittings; None for no such limit.
        runs: kills after which there have been enough.
    """

    folder: Path
    asked: tuple[str, ...]
    seed: int | None
    for_s: float | None
    runs: int | None

    def enough(self, now: Standing) -> bool:
        """Whether no more drill is to begin but the last one, which is left unharmed."""
        long = self.for_s is not None and now.seconds >= self.for_s
        return long or (self.runs is not None and now.number >= self.runs)


class Kills:
    """Drills one after another, each with a kill.

    Args:
        settings: what was asked for.
        logbook: of the call's folder.
        interruption: with the signals taken over.
        say: takes a line for whoever watches.

    Attributes:
        seed: from which the kills follow.
    """

    def __init__(
        self,
        settings: KillSettings,
        logbook: Logbook[Entry],
        interruption: Interruption,
        say: Callable[[str], None],
    ) -> None:
        self.seed = 0
        self._settings = settings
        self._logbook = logbook
        self._interruption = interruption
        self._say = say

    @property
    def standing(self) -> Standing:
        """Over all sittings."""
        return standing_of(self._logbook.entries)

    def resume(self) -> None:
        """Go on where the last sitting ended, or begin.

        Raises:
            WrongCall: the folder's kills were asked for otherwise, so that they do not count together.
        """
        before, settings = standing.bound_to(self._logbook.entries), self._settings
        if before is not None and (before.asked != settings.asked or settings.seed not in {None, before.seed}):
            told = f"seed {before.seed}: {' '.join(before.asked)}"
            raise WrongCall(f"{settings.folder} holds kills of other drills ({told}); choose another --output")
        if before is not None:
            self.seed = before.seed
        else:
            self.seed = secrets.randbits(32) if settings.seed is None else settings.seed
        if (left := standing.open_drill(self._logbook.entries)) is not None:
            self._abandon(left, "the call was killed")
        self._logbook.append(Sitting(self.seed, utc(), hadrill.__version__, commit_of_clone(), settings.asked))

    def run(self) -> None:
        """Kill until there have been enough; the last drill is left unharmed.

        Raises:
            Interrupted: the call was asked to end.
            HarnessTrouble: a drill does not pass unharmed, or has nothing that could be killed.
            WrongCall: the drill refuses what it was asked.
        """
        if standing.length_of(self._logbook.entries) is None and not self._unharmed().passed:
            raise HarnessTrouble("a drill that nothing was done to does not pass: there is nothing to learn from kills")
        while not self._settings.enough(self.standing):
            entry = self._kill()
            if isinstance(entry, Killed) and standing.is_dirty(entry):
                self._unharmed()
        if standing.next_ran(self._logbook.entries) is None:
            self._unharmed()

    def _kill(self) -> Killed | Absent:
        number, attempt = standing.next_kill(self._logbook.entries)
        length_s = standing.length_of(self._logbook.entries) or 0.0
        if attempt >= MOST_ATTEMPTS:
            raise HarnessTrouble(f"what kill {number} is for was not there at {attempt} moments: drill something else")
        planned, began_ns = planned_kill(self.seed, number, attempt, length_s), now_ns()
        with self._drill(number) as (traces, output):
            came = self._try(planned, traces, output, length_s)
            seconds = round((now_ns() - began_ns) / 1e9, 3)
            entry = (
                _absent(number, planned, came, seconds, output.name)
                if isinstance(came, Missed)
                else _killed(number, planned, came, (came.hit.at_ns - began_ns) / 1e9, seconds, output.name)
            )
            self._note(entry, output)
        return entry

    def _try(self, planned: PlannedKill, traces: Traces, output: Path, length_s: float) -> Outcome | Missed:
        """A drill with that kill: what came of it, or of the drill where the victim was not there."""
        with started(self._settings.asked, planned.drill_seed, output, traces.environment) as drill:
            hit = strike(planned, drill, traces)
            if hit is not None:
                return outcome_of(planned, hit, drill, traces, output, length_s)
            itself = drill.poll()
        require_taken(drill.returncode, output)
        return Missed(itself, drill.returncode == 0, await_nothing_left(traces))

    def _unharmed(self) -> Unharmed:
        """A drill that nothing is done to."""
        began_ns = now_ns()
        with self._drill(0) as (traces, output):
            with started(self._settings.asked, secrets.randbits(32), output, traces.environment) as drill:
                code = end_of(drill, output)
            seconds, left = (now_ns() - began_ns) / 1e9, await_nothing_left(traces)
            entry = Unharmed(code, round(seconds, 3), left, output.name if code or left else "")
            self._note(entry, output)
        return entry

    @contextmanager
    def _drill(self, number: int) -> Iterator[tuple[Traces, Path]]:
        """Folders for a drill; where it is cut short they go again, and the logbook says so."""
        self._interruption.release()
        self._interruption.hold()
        traces = Traces.begin()
        output = self._folder(number)
        began = Began(number, str(traces.temporary), output.name)
        try:
            self._logbook.append(began)
            shutil.rmtree(output, ignore_errors=True)  # of a sitting that was killed after its last entry
            output.mkdir(mode=0o700)
            self._interruption.release()
            yield traces, output
        except (Interrupted, HadrillError) as error:
            self._interruption.hold()
            self._abandon(began, self._interruption.by or str(error))
            raise
        finally:
            self._interruption.hold()
            traces.clear()

    def _note(self, entry: Killed | Absent | Unharmed, output: Path) -> None:
        """Put it down, tell it, and keep the folder where there is something to look into."""
        self._interruption.hold()
        self._logbook.append(entry)
        for line in lines_of(entry):
            self._say(line)
        if not entry.folder:
            shutil.rmtree(output)
        else:
            self._say(f"      kept in {output}")

    def _abandon(self, began: Began, reason: str) -> None:
        """A drill that was cut short shows nothing: all of it goes."""
        self._logbook.append(Unfinished(began.number, utc(), reason))
        if (traces := Traces.left_in(Path(began.temporary))) is not None:
            traces.clear()
        shutil.rmtree(self._settings.folder / began.folder, ignore_errors=True)

    def _folder(self, number: int) -> Path:
        """For all that a drill writes; unharmed ones are told apart by how many there were."""
        name = f"kill-{number:04}" if number else f"unharmed-{1 + len(self.standing.unharmed):04}"
        return self._settings.folder / name


def _absent(number: int, planned: PlannedKill, missed: Missed, took_s: float, folder: str) -> Absent:
    """The line for a victim that was not there; its drill's folder stays where that one failed of itself."""
    at_s = round(planned.at_s, 3)
    entry = Absent(
        number, planned.part, planned.signal, at_s, missed.passed, took_s, missed.exit_code, missed.left, folder
    )
    return entry if entry.failed else replace(entry, folder="")


def _killed(number: int, planned: PlannedKill, came: Outcome, at_s: float, took_s: float, folder: str) -> Killed:
    """The line for a kill; its folder stays where something was left or reads wrong."""
    return Killed(
        number=number,
        part=planned.part,
        signal=planned.signal,
        at_s=round(at_s, 3),
        victim=came.hit.victim.without_folders,
        died=came.hit.death is not None,
        exit_code=came.exit_code,
        reads=came.reads,
        ended_s=round(came.ended_s, 3),
        gone_s=None if came.gone_s is None else round(came.gone_s, 3),
        left=came.left,
        wrong=came.wrong,
        without=came.without,
        seconds=round(took_s, 3),
        folder=folder if came.left or came.wrong else "",
    )
