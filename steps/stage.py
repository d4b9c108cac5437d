"""What every scenario plays on: the real parts, once a session, and a stage of its own with an instance of its own."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

import pytest

from hadrill.environments.embedded.site import Parts
from hadrill.environments.parts.locate import locate_needed
from hadrill.environments.parts.program import Program
from hadrill.environments.parts.progress import Lines
from hadrill.environments.parts.settings import PartSettings
from hadrill.harness.drill.drill import Drill
from hadrill.harness.drill.inheritance import Inheritance
from hadrill.harness.drill.plan import STANDARD
from hadrill.harness.drill.run import Run
from hadrill.harness.drill.spare import Spare, Taken, Wanted
from hadrill.harness.drill.stage import Stage, broken_by, open_stage
from hadrill.harness.drill.standing import Standing
from hadrill.harness.engines.mysql.installation import Installation
from hadrill.harness.errors import WrongCall
from hadrill.harness.evidence.events import EventKind
from hadrill.harness.visible import visible
from hadrill.steps.binding.exit_code import WRONG_CALL


@pytest.fixture(scope="session")
def hadrill_parts(hadrill_run: Run) -> Parts:
    """MySQL, HAProxy and Toxiproxy, found or fetched; which ones is on record."""
    asked = hadrill_run.settings
    settings = PartSettings.from_environ(
        os.environ, mysqld=asked.mysqld, haproxy=asked.haproxy, toxiproxy=asked.toxiproxy
    )
    with _ending_where_refused(hadrill_run):
        mysql, haproxy, toxiproxy = locate_needed(settings, Lines(sys.stderr))
    found: dict[str, Installation | Program] = {"mysql": mysql, "haproxy": haproxy, "toxiproxy": toxiproxy}
    versions = {name: f"{part.version} ({part.origin})" for name, part in found.items()}
    hadrill_run.journal.append(EventKind.SETTING, what="versions", values=versions)
    warnings = [warning for part in found.values() for warning in part.warnings]
    hadrill_run.journal.append(EventKind.SETTING, what="warnings", values=warnings)
    return Parts(mysql, haproxy.argv, toxiproxy.argv)


@pytest.fixture(scope="session")
def hadrill_spare() -> Iterator[Spare[Stage, Standing]]:
    """What stands ready for the next scenario of this process."""
    spare: Spare[Stage, Standing] = Spare(Stage.require_whole, Standing.give_up)
    yield spare
    spare.close()


@pytest.fixture
def drill(
    hadrill_run: Run, hadrill_parts: Parts, hadrill_spare: Spare[Stage, Standing], pytestconfig: pytest.Config
) -> Iterator[Drill]:
    """A topology and a service, new or with the instance that the last scenario left as it was.

    Both are gone when the scenario is over, whatever happened in it, unless it passed and leaves the instance so, too.
    """
    scenario = hadrill_run.current
    logs = hadrill_run.folder / "logs" / (scenario.id if scenario else "none")
    wanted = Wanted(scenario.topology, scenario.begins) if scenario else Wanted(STANDARD)
    opened = partial(open_stage, wanted.topology, hadrill_parts, broken=broken_by(hadrill_run.settings))
    with ExitStack() as stack:
        if scenario is not None and hadrill_run.plan.has_more_alone(scenario):
            stack.callback(hadrill_spare.prepare, wanted.topology, opened)
        with _ending_where_refused(hadrill_run):
            taken = stack.enter_context(hadrill_spare.take(wanted, partial(opened, failed_logs=logs)))
        stack.callback(taken.stage.site.keep_logs, logs)
        hadrill_run.journal.append(EventKind.SETTING, what="server files", values=str(taken.stage.site.work.parent))
        drill = Drill(hadrill_run, taken.stage, pytestconfig.hook.pytest_hadrill_clients_rested, taken.stands)
        stack.callback(_leave, hadrill_run, drill.inherited, taken)
        stack.callback(pytestconfig.hook.pytest_hadrill_stage_closing, drill=drill)
        stack.callback(drill.close)
        pytestconfig.hook.pytest_hadrill_stage_opened(drill=drill)
        yield drill


def _leave(run: Run, inherited: Inheritance, taken: Taken[Stage, Standing]) -> None:
    """What it leaves may be of no use to another scenario, but where it passed no part of it has ended by itself."""
    taken.leaves, taken.sentences = inherited.leave(passed=run.passing), inherited.sentences
    if run.passing and taken.leaves is None:
        taken.stage.require_whole()


@contextmanager
def _ending_where_refused(run: Run) -> Iterator[None]:
    """What this machine refuses one scenario it refuses them all: the session ends at once, as a wrong call."""
    try:
        yield
    except WrongCall as error:
        run.trouble(str(error))
        pytest.exit(visible(str(error)), WRONG_CALL)
