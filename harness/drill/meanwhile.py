"""All that can be asked for, asked for while an instance is switched, and again afterwards (SW-10)."""

import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Final

from hadrill.harness.checks.refusal import accepted, refused_during
from hadrill.harness.drill.aim import only, ports_last_first
from hadrill.harness.drill.breakage import SECOND_LATE_MS, Breakage
from hadrill.harness.drill.period import period_far_from
from hadrill.harness.drill.requests import CHANGE_LIMIT_S, OTHER_SETTINGS, OTHER_SIZE, Requests, refusal_of
from hadrill.harness.drill.subject import Subject
from hadrill.harness.errors import HarnessTrouble, ServiceRefused, WaitTimeout
from hadrill.harness.model.instance import Role, State
from hadrill.harness.model.portrait import Refusal
from hadrill.harness.workload.ledger_table import SCHEMA

OTHER_ACCOUNT: Final = "latecomer"
ASKING_S: Final = 0.4
"""From when it is seen to have begun; a switch from a secondary that is a second late lasts longer than twice that."""

TAKEN_S: Final = 0.2
"""How long what is accepted is waited for: whether it was is all that matters."""

ASKED_AT_ONCE: Final = 4
"""So few that each is answered soon on a busy machine."""

SWITCHES: Final = 8
"""A busy machine needs two or three; a first round that was too slow is no reason to give up."""

OTHER_PARAMETER: Final[Mapping[str, str]] = {"wait_timeout": "3600"}


class Meanwhile:
    """Asks for everything.

    Args:
        subject: the instance.
        ask: what asks for its switch.
        faults: what delays its secondary.
    """

    def __init__(self, subject: Subject, ask: Requests, faults: Breakage) -> None:
        self._subject = subject
        self._service = subject.stage.service
        self._ask = ask
        self._faults = faults
        self._refusals: tuple[Refusal, ...] = ()

    def ask_everything(self) -> None:
        """Ask for a switch that a late secondary draws out, and for all else while it lasts.

        What a slow machine has no time for is asked for during another switch.

        Raises:
            HarnessTrouble: after so many switches there is still something that was not asked for.
        """
        waiting = self._everything(TAKEN_S)
        for _ in range(SWITCHES):
            answers = self._ask_during_a_switch(waiting)
            self._refusals += answers
            for answer in answers:
                self._subject.recorder.refusal(answer)
            asked = {answer.asked for answer in answers}
            waiting = {what: ask for what, ask in waiting.items() if what not in asked}
            if not waiting or not all(answer.code for answer in answers):
                return
            self._subject.await_at_rest()
        raise HarnessTrouble(f"{SWITCHES} switches were over before this had been asked for: {', '.join(waiting)}")

    def _ask_during_a_switch(self, waiting: Mapping[str, Callable[[], object]]) -> tuple[Refusal, ...]:
        """What came of what was asked for, and answered, while a switch lasted."""
        before = self._subject.instance
        self._faults.delay_events(only(before, Role.SECONDARY), only(before, Role.PRIMARY), SECOND_LATE_MS)
        with ThreadPoolExecutor(1) as own, ThreadPoolExecutor(ASKED_AT_ONCE) as pool:
            switching = own.submit(self._ask.switch)
            with suppress(WaitTimeout):
                self._ask.await_state(State.SWITCHING)
            lasts = partial(self._is_switching_from, only(before, Role.PRIMARY))
            ask = partial(answer_while, lasts, time.monotonic() + ASKING_S)
            answers = tuple(pool.map(ask, waiting.keys(), waiting.values()))
            switching.result()
        self._faults.heal()
        return in_time(answers)

    def _is_switching_from(self, primary: str) -> bool:
        """Whether that switch lasts: another one, accepted after it, goes the other way."""
        try:
            now = self._subject.instance
        except ServiceRefused:  # its release was accepted
            return False
        return now.state is State.SWITCHING and {*now.having(Role.PRIMARY)} <= {primary}

    def judge_refused(self, code: str) -> None:
        """All that was asked for during the switch was refused."""
        self._subject.judge.ask(refused_during, tuple((refusal, code) for refusal in self._refusals))

    def judge_accepted_now(self) -> None:
        """All of it is accepted now, one after the other; the release comes last."""
        answers = tuple(self._ask_at_rest(asked, ask) for asked, ask in self._everything(CHANGE_LIMIT_S).items())
        self._subject.judge.ask(accepted, answers)

    def _ask_at_rest(self, asked: str, ask: Callable[[], object]) -> Refusal:
        """What comes of it once what was asked for before no longer goes on; the answer tells where it always does."""
        with suppress(HarnessTrouble):
            self._subject.await_at_rest()
        return refusal_of(asked, ask)

    def _everything(self, limit_s: float) -> Mapping[str, Callable[[], object]]:
        service, instance = self._service, self._subject.id
        port = next(ports_last_first(self._subject.stage.site.inventory))
        other = period_far_from(datetime.now(UTC), self._subject.instance.maintenance.length_s)
        return {
            "another maintenance period": lambda: service.set_maintenance_period(instance, other),
            "a switch within the maintenance period": lambda: service.switch_in_period(instance),
            "to take the waiting switch back": lambda: service.cancel_switch(instance),
            "a switch": lambda: service.switch(instance, timeout_s=limit_s),
            "a read-only instance": lambda: service.create_read_only(instance, timeout_s=limit_s),
            "another specification": lambda: service.change_specification(
                instance, specification=OTHER_SIZE, timeout_s=limit_s
            ),
            "a restart": lambda: service.restart(instance, OTHER_SETTINGS, timeout_s=limit_s),
            "another account": lambda: service.create_account(instance, OTHER_ACCOUNT),
            "rights for it": lambda: service.grant(instance, OTHER_ACCOUNT, "%", SCHEMA, writes=False),
            "another password for it": lambda: service.reset_password(instance, OTHER_ACCOUNT),
            "its removal": lambda: service.delete_account(instance, OTHER_ACCOUNT),
            "a statement": lambda: service.run_sql(instance, "SELECT 1"),
            "another port": lambda: service.change_port(instance, port),
            "another parameter": lambda: service.set_parameters(instance, OTHER_PARAMETER),
            "another character set": lambda: service.set_character_set(instance, "latin1"),
            "an import": lambda: service.import_dump(instance, "SELECT 1;", timeout_s=limit_s),
            "the release": lambda: self._release_all(limit_s),
        }

    def _release_all(self, limit_s: float) -> None:
        for each in (*self._subject.instance.read_only, self._subject.id):
            self._service.release(each, timeout_s=limit_s)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request.

    Attributes:
        in_time: it came while the switch lasted.
    """

    refusal: Refusal
    in_time: bool


def answer_while(lasts: Callable[[], bool], until_s: float, asked: str, ask: Callable[[], object]) -> Answer | None:
    """Ask for something while a switch lasts.

    Args:
        lasts: says whether it still does.
        until_s: clock in seconds from which nothing is asked for any more.
        asked: what, in words.
        ask: asks for it.

    Returns:
        None where there was no time for it.
    """
    if time.monotonic() >= until_s:
        return None
    refusal = refusal_of(asked, ask)
    return Answer(refusal, lasts())


def in_time(answers: Iterable[Answer | None]) -> tuple[Refusal, ...]:
    """The answers that came while the switch lasted.

    What was refused later than that may be asked for again.

    Raises:
        HarnessTrouble: something was accepted later than that, and nothing before; nobody knows whether rightly.
    """
    known = [answer for answer in answers if answer is not None]
    good = tuple(answer.refusal for answer in known if answer.in_time)
    late = [answer.refusal.asked for answer in known if not answer.in_time and not answer.refusal.code]
    if late and all(refusal.code for refusal in good):
        raise HarnessTrouble(f"the switch was over before the answer to this came: {', '.join(late)}; it was accepted")
    return good
