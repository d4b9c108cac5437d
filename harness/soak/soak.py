"""The soak itself: drill after drill until there have been enough, each put down before and after."""

import secrets
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import ValidationError

import hadrill
from hadrill.harness.drill.interruption import Interrupted, Interruption
from hadrill.harness.errors import HarnessTrouble, WrongCall
from hadrill.harness.evidence.clock import now_ns, utc
from hadrill.harness.soak.busy import BusyCores
from hadrill.harness.soak.child import SAID, drill
from hadrill.harness.soak.commit import commit_of_clone
from hadrill.harness.soak.entries import Began, Ended, Entry, Unfinished
from hadrill.harness.soak.logbook import Logbook
from hadrill.harness.soak.outcome import ended
from hadrill.harness.soak.standing import Standing, asked_before, open_drill, standing_of
from hadrill.harness.soak.wording import lines_of_drill
from hadrill.reports.result import RESULT
from hadrill.reports.schema import Result

FINISHED: Final = (0, 1, 2)


@dataclass(frozen=True, slots=True)
class SoakSettings:
    """What was asked for.

    Attributes:
        folder: of the soak.
        asked: options of each drill.
        for_s: seconds of drills after which there have been enough, over all sittings; None for no such limit.
        runs: drills after which there have been enough.
        keep: the folders of all runs stay.
        busy: every core is kept busy meanwhile; drills with and without that are counted apart.
    """

    folder: Path
    asked: tuple[str, ...]
    for_s: float | None
    runs: int | None
    keep: bool
    busy: bool = False

    def enough(self, standing: Standing) -> bool:
        """Whether no more drill is to begin."""
        long = self.for_s is not None and standing.seconds >= self.for_s
        return long or (self.runs is not None and standing.drills >= self.runs)


class Soak:
    """Drills one after another.

    Args:
        settings: what was asked for.
        logbook: of the soak's folder.
        interruption: with the signals taken over.
        say: takes a line for whoever watches.
        cores: those that are kept busy, where that was asked for.
    """

    def __init__(
        self,
        settings: SoakSettings,
        logbook: Logbook[Entry],
        interruption: Interruption,
        say: Callable[[str], None],
        cores: BusyCores | None = None,
    ) -> None:
        self._cores = cores
        self._settings = settings
        self._logbook = logbook
        self._interruption = interruption
        self._say = say

    @property
    def standing(self) -> Standing:
        """Over all sittings."""
        return standing_of(self._logbook.entries, busy=self._settings.busy)

    @property
    def other(self) -> Standing:
        """Of drills of the other kind that the folder holds."""
        return standing_of(self._logbook.entries, busy=not self._settings.busy)

    def resume(self) -> None:
        """Go on where the last sitting ended, or begin.

        Raises:
            WrongCall: the folder's drills were asked for otherwise, so that they do not count together.
        """
        before = asked_before(self._logbook.entries)
        if before not in {None, self._settings.asked}:
            told = " ".join(before or ())
            raise WrongCall(f"{self._settings.folder} holds a soak of other drills ({told}); choose another --output")
        if (left := open_drill(self._logbook.entries)) is not None:
            self._abandon(left, "the soak was killed")

    def run(self) -> None:
        """Drill until there have been enough.

        Raises:
            Interrupted: the soak was asked to end.
            HarnessTrouble: a drill did not go to its end though nobody had asked for that.
            WrongCall: the drill refuses what it was asked.
        """
        while not self._settings.enough(self.standing):
            self._interruption.release()
            entry = self._one()
            self._interruption.hold()
            self._logbook.append(entry)
            if not entry.folder:
                shutil.rmtree(self._folder(entry.number))
            for line in lines_of_drill(entry, self.standing):
                self._say(line)
            if entry.folder:
                self._say(f"      kept in {self._settings.folder / entry.folder}")

    def _one(self) -> Ended:
        began = Began(
            number=1 + max((entry.number for entry in self._logbook.entries), default=0),
            seed=secrets.randbits(32),
            began=utc(),
            hadrill=hadrill.__version__,
            commit=commit_of_clone(),
            asked=self._settings.asked,
            busy=self._settings.busy,
        )
        folder, began_ns = self._folder(began.number), now_ns()
        try:
            self._logbook.append(began)
            folder.mkdir(mode=0o700)
            code = drill(self._settings.asked, began.seed, folder)
            if self._cores is not None:
                self._cores.require_whole()
            run, result = _result_in(folder, code)
        except (Interrupted, WrongCall) as error:
            self._interruption.hold()
            self._abandon(began, self._interruption.by or str(error))
            raise
        except HarnessTrouble as error:
            self._put_down(began, str(error), of_itself=not self._interruption.by)
            raise
        run = run.relative_to(self._settings.folder)
        return ended(began, result, run, at=utc(), seconds=(now_ns() - began_ns) / 1e9, keep=self._settings.keep)

    def _abandon(self, began: Began, reason: str) -> None:
        """A drill that did not go to its end shows nothing: its folder goes."""
        self._put_down(began, reason)
        with suppress(FileNotFoundError):
            shutil.rmtree(self._folder(began.number))

    def _put_down(self, began: Began, reason: str, *, of_itself: bool = False) -> None:
        entry = Unfinished(began.number, began.seed, utc(), reason, of_itself=of_itself, busy=began.busy)
        self._logbook.append(entry)

    def _folder(self, number: int) -> Path:
        return self._settings.folder / f"drill-{number:04}"


def _result_in(folder: Path, code: int) -> tuple[Path, Result]:
    """The one run below that folder, and what it found.

    Raises:
        HarnessTrouble: it was not finished, or has no result.
    """
    runs = [path.parent for path in folder.glob(f"*/{RESULT}") if not path.parent.is_symlink()]
    if code not in FINISHED or len(runs) != 1:
        raise HarnessTrouble(f"a drill ended with {code} before its end; what it said is in {folder / SAID}")
    try:
        return runs[0], Result.model_validate_json((runs[0] / RESULT).read_bytes())
    except ValidationError as error:
        raise HarnessTrouble(f"{runs[0] / RESULT} cannot be read: {error.errors()[0]['msg']}") from error
