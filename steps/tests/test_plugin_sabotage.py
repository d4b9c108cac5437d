"""How the plugin is asked to break the service, and how it must not be."""

from typing import Any

import pytest

from hadrill.steps.tests.test_plugin import GOOD, STEPS


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--hadrill-sabotage", "none"], "there is no sabotage 'none'; there are: "),
        (["--hadrill-sabotage-file", "own.yaml"], "own.yaml was given, and no sabotage of it was named; name one"),
        (
            ["--hadrill-sabotage", "idle", "--hadrill-sabotage-file", "own.yaml"],
            "idle: wait_for_secondary is true in the true service, too; nothing would be broken",
        ),
        (
            ["--hadrill-sabotage", "strange", "--hadrill-sabotage-file", "own.yaml"],
            "strange: there is no decision 'sings' to change",
        ),
    ],
)
def test_a_service_that_cannot_be_broken_so_is_a_wrong_call(outside: Any, options: list[str], told: str) -> None:
    """Before anything runs, and no folder is left."""
    sabotage = "  {}: {{breaks: HA-3, decision: {}, value: true, why: a reason, must: {{lost writes: A limit}}}}\n"
    own = sabotage.format("idle", "wait_for_secondary") + sabotage.format("strange", "sings")
    outside.write(conftest_DOT_py=STEPS, good_DOT_feature=GOOD, own_DOT_yaml=f"version: 1\nsabotages:\n{own}")
    done = outside.pytest("--hadrill", *options)
    assert (done.returncode, told in done.stderr) == (4, True), done.stderr
    assert not (outside.folder / "hadrill-runs").exists()
