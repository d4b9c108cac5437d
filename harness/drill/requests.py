"""What a scenario asks of the service about one instance, and what came of it, on record."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import Final

from hadrill.harness.checks.as_asked import carried_out
from hadrill.harness.checks.returned import returned
from hadrill.harness.drill.period import DrillPeriod, period_from_now
from hadrill.harness.drill.subject import Subject
from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.engines.mysql.session import Session, SqlError
from hadrill.harness.errors import HarnessTrouble, ServiceRefused, WaitTimeout
from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.model.history import SwitchRecord
from hadrill.harness.model.instance import Edition, Specification, State
from hadrill.harness.model.portrait import Refusal
from hadrill.harness.model.verdict import Objective
from hadrill.harness.wait import NotYet, until

CHANGE_LIMIT_S: Final = 180.0
PERIOD_S: Final = 10
"""Shorter than clients are given to be answered by another server: a switch that never comes is seen to miss it."""
SLACK_S: Final = 15.0
CLOSING_S: Final = 10.0
OTHER_SIZE: Final = Specification(memory_mib=96, connections=250)
OTHER_SETTINGS: Final[Mapping[str, str]] = {"tmp_table_size": "8388608", "table_open_cache": "500"}
OTHER_SIZE_AS_SETTINGS: Final[Mapping[str, str]] = {"innodb_buffer_pool_size": str(96 << 20), "max_connections": "250"}


class Requests:
    """Asks the service about one subject.

    Attributes:
        asked_ns: when the last change of primary was asked for, monotonic; 0 before.
        period: the maintenance period that was set last; None before.
        wanted: system variables that every server should run with since the last change.
    """

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._service = subject.stage.service
        self.asked_ns = 0
        self.period: DrillPeriod | None = None
        self.wanted: Mapping[str, str] = {}

    def switch(self) -> None:
        """Ask for a switch and wait until it is over; one that is not carried out is a finding."""
        self.carry_out("a switch", self._switch)

    def change_size(self) -> None:
        """Ask for another specification and wait until every server has it."""
        self.wanted = OTHER_SIZE_AS_SETTINGS
        self.carry_out(
            "a change of specification",
            lambda: self._service.change_specification(
                self._subject.id, specification=OTHER_SIZE, timeout_s=CHANGE_LIMIT_S
            ),
        )

    def restart(self) -> None:
        """Ask for a restart of every server with other settings and wait until it is over."""
        self.wanted = OTHER_SETTINGS
        self.carry_out(
            "a restart with other settings",
            lambda: self._service.restart(self._subject.id, OTHER_SETTINGS, timeout_s=CHANGE_LIMIT_S),
        )

    def upgrade(self) -> None:
        """Ask for the High-availability edition by a change of specification."""
        self.carry_out(
            "the High-availability edition",
            lambda: self._service.change_specification(
                self._subject.id, edition=Edition.HIGH_AVAILABILITY, timeout_s=CHANGE_LIMIT_S
            ),
        )
        self._subject.observed.adopt(self._subject.instance)

    def switch_in_vain(self) -> None:
        """Ask for a switch that must be refused."""
        self.ask_in_vain(
            f"a switch of {self._subject.observed.before.edition}",
            self._switch,
        )

    def downgrade_in_vain(self) -> None:
        """Ask for the Basic edition."""
        self.ask_in_vain(
            "a change to the Basic edition",
            lambda: self._service.change_specification(
                self._subject.id, edition=Edition.BASIC, timeout_s=CHANGE_LIMIT_S
            ),
        )

    def create_in_vain(self, edition: Edition, zones: tuple[str, ...], timeout_s: float) -> None:
        """Ask for an instance that must be refused."""
        asked = f"a {edition} instance in {' and '.join(zones)}"
        self.ask_in_vain(asked, lambda: self._service.create(edition, zones, timeout_s=timeout_s))

    def release(self) -> None:
        """Give the instance back."""
        self.promised("its release", lambda: self._service.release(self._subject.id, timeout_s=CHANGE_LIMIT_S))

    def set_period(self, begins_in_s: float) -> None:
        """Have the maintenance period begin so many seconds from now.

        Raises:
            HarnessTrouble: the one before had begun by then, so that a waiting switch was right to happen in it.
        """
        earlier, self.period = self.period, period_from_now(begins_in_s, PERIOD_S)
        asked = self.period
        self._subject.recorder.setting("maintenance period", asked)

        def ask() -> None:
            try:
                self._service.set_maintenance_period(self._subject.id, asked.period)
            finally:  # what is refused then is right to be, too
                if earlier is not None and now_ns() >= earlier.begins_ns:
                    raise HarnessTrouble(
                        f"the maintenance period that begins at {earlier.period.begins} had begun before another one"
                        " was set"
                    )

        self.promised("another maintenance period", ask)

    def switch_in_period(self) -> None:
        """Ask for a switch within the maintenance period."""
        self.asked_ns = now_ns()
        self._subject.recorder.switch(SwitchRecord(self.asked_ns, None))
        self.promised(
            "a switch within the maintenance period", lambda: self._service.switch_in_period(self._subject.id)
        )

    def await_period(self) -> None:
        """Wait until the maintenance period has begun."""
        period = self.period
        if period is None:
            return

        def begun() -> bool | NotYet:
            left_s = (period.begins_ns - now_ns()) / 1e9
            return True if left_s <= 0 else NotYet(f"{left_s:.1f} s to go")

        until(begun, "the maintenance period to begin", timeout_s=period.waits_s + SLACK_S)

    def switch_struck(self, strike: Callable[[Callable[[], None]], object]) -> None:
        """Ask for a switch, and strike once the old primary is closed to customers; it may be carried out or not.

        Args:
            strike: looks first at all that it needs to, calls what it is given, which asks for the switch and returns
                at that moment, and strikes.

        Raises:
            HarnessTrouble: it was over before that could be seen; nothing was struck.
            WaitTimeout: the old primary was not closed; likewise.
        """
        primary = self._subject.primary
        with ThreadPoolExecutor(1) as pool:
            asked: list[Future[str]] = []

            def amid() -> None:
                asked.append(pool.submit(self._tried, self._switch))
                what = f"{primary} to be closed"
                until(lambda: self._is_closed(primary), what, timeout_s=CLOSING_S, interval_s=0.005)
                if asked[0].done():
                    raise HarnessTrouble("the switch was over before its old primary was seen to be closed")

            strike(amid)
            (switching,) = asked
            self._subject.recorder.setting("a switch, struck", switching.result() or "carried out")

    def await_protected(self, since_ns: int, objective: Objective) -> None:
        """Wait until the service calls the pair protected, and one of its servers is seen to follow the other one.

        Args:
            since_ns: when the last heal began, monotonic; 0 where nothing was healed, which counts from the request.
            objective: in seconds; judged by it.
        """
        protected_ns, began_ns = None, now_ns()
        with suppress(WaitTimeout):
            self._service.await_protected(self._subject.id, timeout_s=objective.limit)
            self._subject.observed.await_followed(max(0.0, objective.limit - (now_ns() - began_ns) / 1e9))
            protected_ns = now_ns()
        self._subject.judge.ask(returned, since_ns or self.asked_ns, protected_ns, objective)

    def await_running(self, limit_s: float, instance: str = "") -> None:
        """Wait until the instance, or the one of that id, runs; one that does not is a finding."""
        try:
            self.await_state(State.RUNNING, limit_s, instance)
        except WaitTimeout as error:
            self._subject.judge.ask(carried_out, "that it runs again", str(error))

    def _is_closed(self, node: str) -> bool | NotYet:
        side = self._subject.side(node)
        try:
            with Session(side.endpoint, side.account, answer_s=CLOSING_S) as server:
                gates = server.row(sql.GATES)
        except SqlError as error:
            return NotYet(str(error))
        return bool(gates["offline"]) or NotYet("it lets customers in")

    def await_state(self, state: State, limit_s: float = 5.0, instance: str = "") -> None:
        """Wait until the service says that of the instance, or of the one of that id; raises WaitTimeout."""

        def there() -> bool | NotYet:
            seen = self._service.describe(instance or self._subject.id)
            return True if seen.state is state else NotYet(f"{seen.state}, {seen.reason}")

        until(there, f"{instance or self._subject.id} to be {state}", timeout_s=limit_s, interval_s=0.005)

    def carry_out(self, name: str, ask: Callable[[], object]) -> None:
        """Ask for something that may change the primary; what is not carried out is a finding."""
        if said := self._tried(ask):
            self._subject.judge.ask(carried_out, name, said)

    def promised(self, name: str, ask: Callable[[], object]) -> None:
        """Ask for something else that is promised; what is refused, or never ends, is a finding.

        What a scenario only begins with is no promise of it, and is not asked for like this.
        """
        try:
            ask()
        except (ServiceRefused, WaitTimeout) as error:
            self._subject.judge.ask(carried_out, name, str(error))

    def _switch(self) -> None:
        self._service.switch(self._subject.id, timeout_s=CHANGE_LIMIT_S)

    def _tried(self, ask: Callable[[], object]) -> str:
        """What the service said where it did not carry out what may change the primary; else empty."""
        self.asked_ns = now_ns()
        self._subject.recorder.switch(SwitchRecord(self.asked_ns, None))
        try:
            ask()
        except (ServiceRefused, WaitTimeout) as error:
            return str(error)
        self._subject.recorder.switch(SwitchRecord(self.asked_ns, now_ns()))
        return ""

    def ask_in_vain(self, asked: str, ask: Callable[[], object]) -> None:
        """Ask for something that must be refused, and keep what came back."""
        self._subject.observed.note_refusal(refusal_of(asked, ask))


def refusal_of(asked: str, ask: Callable[[], object]) -> Refusal:
    """What came of asking for something that must be refused.

    Args:
        asked: what, in words.
        ask: asks for it.
    """
    try:
        ask()
    except ServiceRefused as refusal:
        return Refusal(asked, refusal.code, refusal.sentence)
    except WaitTimeout as error:  # taken, whatever comes of it
        return Refusal(asked, "", f"it did not end: {error}")
    return Refusal(asked, "", "")
