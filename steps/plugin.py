"""The pytest plugin: features and steps of hadrill in any pytest, inert until it is asked for.

It is asked for with ``--hadrill`` or with ``hadrill = true`` in pytest's configuration. Every pytest that has hadrill
installed imports this module, so that it imports nothing of weight before.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hadrill.steps.binding import hooks

if TYPE_CHECKING:
    from hadrill.harness.drill.settings import RunSettings


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Let other plugins follow a drill."""
    pluginmanager.add_hookspecs(hooks)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options; all but the first matter only where the plugin is asked for."""
    parser.addini("hadrill", "drill: collect feature files, with hadrill's own steps", type="bool", default=False)
    group = parser.getgroup("hadrill", "drills of MySQL high availability (hadrill)")
    group.addoption("--hadrill", action="store_true", help="drill: collect feature files, with hadrill's own steps")
    group.addoption(
        "--hadrill-fresh",
        action="store_true",
        help="a new instance for every scenario, even where one stands that is as it was",
    )
    texts = {
        "output": ("DIR", "where runs make their folders (hadrill-runs)"),
        "environment": ("NAME", "where the servers run (embedded)"),
        "objectives": ("FILE", "limits to use in place of hadrill's own"),
        "load": ("FILE", "mix and rate of the clients, where other than usual"),
        "jobs": ("N", "so many of the scenarios that judge no time run side by side (1)"),
        "seed": ("N", "repeat what is random in an earlier run"),
        "mysqld": ("FILE", "MySQL server to use"),
        "haproxy": ("FILE", "HAProxy to use"),
        "toxiproxy": ("FILE", "Toxiproxy server to use"),
        "sabotage": ("NAME", "drill the reference service with this decision changed"),
        "sabotage-file": ("FILE", "sabotages of your own to find it among"),
        "folder": ("DIR", "an empty folder, made for this run, to use in place of a new one"),
    }
    for name, (metavar, text) in texts.items():
        group.addoption(f"--hadrill-{name}", metavar=metavar, help=text)


def pytest_configure(config: pytest.Config) -> None:
    """Wake up, if asked."""
    if config.getoption("hadrill") or config.getini("hadrill"):
        _wake(config)


def _wake(config: pytest.Config) -> None:
    from hadrill.harness.drill.catalogue import load_catalogue  # noqa: PLC0415 - only where asked for
    from hadrill.harness.drill.objectives import load_objectives  # noqa: PLC0415 - only where asked for
    from hadrill.harness.drill.stage import require_sabotage  # noqa: PLC0415 - only where asked for
    from hadrill.harness.errors import HadrillError  # noqa: PLC0415 - only where asked for
    from hadrill.harness.faults.line_file import load_lines  # noqa: PLC0415 - only where asked for
    from hadrill.harness.visible import visible  # noqa: PLC0415 - only where asked for
    from hadrill.harness.workload.profile import load_profile  # noqa: PLC0415 - only where asked for
    from hadrill.steps.binding.collect import FeatureCollection  # noqa: PLC0415 - only where asked for
    from hadrill.steps.binding.lint import Known  # noqa: PLC0415 - only where asked for
    from hadrill.steps.binding.session import ALLURE, SESSION, DrillSession  # noqa: PLC0415 - only where asked for
    from hadrill.steps.subjects import step_modules  # noqa: PLC0415 - only where asked for

    if not (config.pluginmanager.has_plugin("pytest-bdd") or config.pluginmanager.has_plugin("pytest_bdd.plugin")):
        raise pytest.UsageError("hadrill needs the plugin pytest-bdd, which is switched off: add -p pytest_bdd.plugin")
    try:
        settings = _settings(config)
        catalogue = load_catalogue()
        objectives, lines = load_objectives(settings.objectives), load_lines(settings.objectives)
        load_profile(settings.load)
        require_sabotage(settings)
    except HadrillError as error:
        raise pytest.UsageError(visible(str(error))) from error
    _register_markers(config, {clause: each.title for clause, each in catalogue.requirements.items()})
    collection = FeatureCollection(config, Known(catalogue.requirements, objectives, lines))
    folder = _path(config, "folder")
    session = DrillSession(collection, settings, catalogue, objectives, lines, folder)
    for plugin, name in ((collection, "hadrill-collection"), (session, SESSION)):
        config.pluginmanager.register(plugin, name)
    for module in step_modules():
        config.pluginmanager.import_plugin(module)
    if config.getoption("allure_report_dir", None):
        from hadrill.reports.allure_bridge import AllureBridge  # noqa: PLC0415 - only where asked for

        config.pluginmanager.register(AllureBridge(catalogue.requirements), ALLURE)


def _register_markers(config: pytest.Config, titles: dict[str, str]) -> None:
    config.addinivalue_line("markers", "drill: a scenario of a feature; needs what its steps need")
    config.addinivalue_line("markers", "smoke: the core of the drill, about a minute")
    for document in ("switch", "ha", "dr"):
        config.addinivalue_line("markers", f"{document}: from the document on that subject")
    for clause, title in titles.items():
        config.addinivalue_line("markers", f"{clause}: {title}")


def _settings(config: pytest.Config) -> RunSettings:
    from hadrill.harness.drill.settings import DEFAULT_OUTPUT, ENVIRONMENTS, RunSettings, jobs_from, seed_from  # noqa: PLC0415

    return RunSettings(
        seed=seed_from(config.getoption("hadrill_seed")),
        output=_path(config, "output") or config.invocation_params.dir / DEFAULT_OUTPUT,
        environment=config.getoption("hadrill_environment") or ENVIRONMENTS[0],
        objectives=_path(config, "objectives"),
        load=_path(config, "load"),
        mysqld=_path(config, "mysqld"),
        haproxy=_path(config, "haproxy"),
        toxiproxy=_path(config, "toxiproxy"),
        sabotage=config.getoption("hadrill_sabotage") or "",
        sabotage_file=_path(config, "sabotage_file"),
        jobs=jobs_from(config.getoption("hadrill_jobs") or "1"),
        fresh=config.getoption("hadrill_fresh"),
    )


def _path(config: pytest.Config, option: str) -> Path | None:
    """The option as an absolute path; what pytest does with the working directory later does not matter."""
    given = config.getoption(f"hadrill_{option}")
    return config.invocation_params.dir / given if given else None
