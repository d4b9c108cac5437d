"""The run that a pytest session is, for steps and fixtures."""

import pytest

from hadrill.harness.drill.run import Run
from hadrill.harness.errors import WrongCall
from hadrill.steps.binding.session import SESSION, DrillSession


@pytest.fixture(scope="session")
def hadrill_run(pytestconfig: pytest.Config) -> Run:
    """Folder, journal, objectives, seed, settings and the scenario that runs now."""
    session = pytestconfig.pluginmanager.get_plugin(SESSION)
    if not isinstance(session, DrillSession) or session.run is None:
        raise WrongCall("no drill runs in this session: it executes no scenario")
    return session.run
