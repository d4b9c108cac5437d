"""A member of the crew: runs the scenarios that its chief names, one after another, and tells of them."""

import ctypes
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any, Final, cast

import pytest
from _pytest.runner import runtestprotocol
from pytest_bdd.parser import Scenario, Step
from pytest_bdd.types import THEN

from hadrill.harness.drill.interruption import Interrupted, Interruption
from hadrill.steps.binding.crew.messages import Free, Judged, Left, Reported
from hadrill.steps.binding.endings import reason_of
from hadrill.steps.binding.exit_code import NOT_FINISHED

_PR_SET_PDEATHSIG: Final = 1  # <linux/prctl.h>


def work(items: Sequence[pytest.Item], chief: Connection, chief_pid: int, interruption: Interruption) -> None:
    """Run scenarios until the chief names no more, or until one of them ends the drill; then take down what stands.

    Args:
        items: of which the chief names one by its index, or None at the end.
        chief: the other end of the line.
        chief_pid: its process; this one dies with it.
        interruption: of this process, with the signals taken over and held.
    """
    _die_with(chief_pid)
    session = items[0].session
    session.config.pluginmanager.register(_Runner(chief), "hadrill-crew-member")
    try:
        with _telling_why_it_ends(chief, interruption):
            interruption.release()
            _capture_anew(session.config)
            _run(items, chief)
        interruption.hold()
    finally:  # reached with signals held, or with the one that came: a second one raises nothing
        with _telling_why_it_ends(chief, interruption):
            session._setupstate.teardown_exact(None)  # noqa: SLF001 - as pytest's own pytest_sessionfinish does


def _run(items: Sequence[pytest.Item], chief: Connection) -> None:
    while (index := chief.recv()) is not None:
        item = items[index]
        # What comes next is not known. With the session in its place all fixtures go but those of the session.
        item.ihook.pytest_runtest_protocol(item=item, nextitem=item.session)
        chief.send(Free())


def acts_after(steps: Sequence[Step], step: Step) -> bool:
    """Whether a scenario does anything after this step of it, or looks at the record alone (pure)."""
    return any(each.type != THEN for each in steps[steps.index(step) + 1 :])


class _Runner:
    """Runs a scenario for pytest, and sends its reports to the chief in place of giving them to plugins here."""

    def __init__(self, chief: Connection) -> None:
        self._chief = chief
        self._acts_again = True

    def pytest_bdd_before_step(self, scenario: Scenario, step: Step) -> None:
        """What follows the last deed of a scenario looks at the record."""
        self._acts_again = acts_after(scenario.steps, step)

    def pytest_hadrill_clients_rested(self) -> None:
        """If nothing is done after this, nothing is measured any more."""
        if not self._acts_again:
            self._chief.send(Judged())

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_teardown(self) -> None:
        """In any case nothing is measured any more."""
        self._chief.send(Judged())

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool:
        """In place of pytest's own."""
        reports = runtestprotocol(item, log=False, nextitem=nextitem)
        serialized = item.config.hook.pytest_report_to_serializable
        self._chief.send(Reported(tuple(serialized(config=item.config, report=report) for report in reports)))
        return True


@contextmanager
def _telling_why_it_ends(chief: Connection, interruption: Interruption) -> Iterator[None]:
    """The chief then ends every member with a signal, which must find signals held."""
    try:
        yield
    except pytest.exit.Exception as error:
        interruption.hold()
        chief.send(Left(error.msg, NOT_FINISHED if error.returncode is None else error.returncode))
    except Interrupted:
        interruption.hold()
        chief.send(Left(f"{interruption.by} ended a process that ran scenarios beside others", NOT_FINISHED))
    except Exception as error:  # noqa: BLE001 - whatever it is, the drill has to learn of it
        interruption.hold()
        chief.send(Left(f"a process that ran scenarios beside others failed: {reason_of(error)}", NOT_FINISHED))


def _die_with(chief_pid: int) -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != chief_pid:  # it had died before
        os.kill(os.getpid(), signal.SIGKILL)


def _capture_anew(config: pytest.Config) -> None:
    """What the fork inherited writes to the same file as the chief and every other member."""
    capture = cast("Any", config.pluginmanager.get_plugin("capturemanager"))
    if capture is not None:
        capture.read_global_capture()
        capture.stop_global_capturing()
        capture.start_global_capturing()
