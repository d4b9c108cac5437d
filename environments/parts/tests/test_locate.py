"""Which of several programs is used, and what is said when there is none."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from hadrill.environments.parts.examine import examine
from hadrill.environments.parts.locate import locate_haproxy, locate_needed
from hadrill.environments.parts.settings import PartSettings
from hadrill.environments.parts.shelf import Made, Shelf
from hadrill.environments.parts.tests.heard import Heard
from hadrill.environments.parts.workshop import Workshop
from hadrill.harness.errors import PartMissing

Make = Callable[..., Path]
ON_PATH, SHELVED, NAMED = "2.8.3", "3.2.26", "2.6.12"


@pytest.fixture
def shelved(settings: PartSettings, heard: Heard, program: Make) -> Path:
    """An HAProxy in the cache."""

    def make(workshop: Workshop) -> Made:
        program(workshop.folder / "haproxy", f"echo HAProxy version {SHELVED}")
        return Made({"haproxy": "haproxy"}, (), 0)

    obtained = Shelf(settings.cache).obtain("debian-unstable-x86_64-haproxy", "haproxy", make, settings.environ, heard)
    return obtained.program("haproxy")


def test_order_is_named_then_path_then_cache(
    settings: PartSettings, heard: Heard, tmp_path: Path, shelved: Path, program: Make
) -> None:
    """Each place outdoes the next; the origin says which it was, and another version is a warning."""
    cached = locate_haproxy(settings, heard)
    on_path = program(tmp_path / "bin/haproxy", f"echo HAProxy version {ON_PATH}")
    from_path = locate_haproxy(settings, heard)
    named = program(tmp_path / "mine", f"echo HAProxy version {NAMED}")
    by_name = locate_haproxy(replace(settings, haproxy=named), heard)
    expected = [("cache", str(shelved)), ("path", str(on_path)), ("named", str(named))]
    assert expected == [(found.origin, found.argv[-1]) for found in (cached, from_path, by_name)]
    assert [0, 1, 1] == [len(found.warnings) for found in (cached, from_path, by_name)]


def test_unfit_program_on_path_is_passed_over(
    settings: PartSettings, heard: Heard, tmp_path: Path, shelved: Path, program: Make
) -> None:
    """A program that is too old does not keep the cache from being used."""
    program(tmp_path / "bin/haproxy", "echo HA-Proxy version 1.8.0")
    assert locate_haproxy(settings, heard).argv == (str(shelved),)


def test_unfit_program_that_was_named_is_an_error_at_once(
    settings: PartSettings, heard: Heard, tmp_path: Path, shelved: Path, program: Make
) -> None:
    """A wrong name is told before anything is fetched, and nothing replaces it."""
    old = program(tmp_path / "mine", "echo HA-Proxy version 1.8.0")
    with pytest.raises(PartMissing, match=r"--haproxy or HADRILL_HAPROXY \(.*/mine\): .*1\.8\.0; 2\.4 or newer"):
        locate_needed(replace(settings, haproxy=old), heard)
    assert "debian-unstable-x86_64-haproxy+mysql" not in "".join(heard.messages)
    assert shelved.exists()


def test_machine_without_any_registry_lists_every_part(settings: PartSettings, heard: Heard) -> None:
    """Each missing part is named with every place tried, what came back, and the option that names one by hand."""
    with pytest.raises(PartMissing) as caught:
        locate_needed(settings, heard)
    said = str(caught.value).splitlines()
    parts = [line.split()[0] for line in said if line.endswith("is missing. Tried:")]
    assert parts == ["MySQL", "HAProxy", "Toxiproxy"]
    assert sum("apt-config is not on PATH" in line for line in said) == 2
    assert sum("go is not on PATH" in line and "no-pip is not on PATH" in line for line in said) == 1
    assert all(any(option in line for line in said) for option in ("--mysqld", "--haproxy", "--toxiproxy"))


def test_registry_that_failed_is_not_asked_again(
    settings: PartSettings, heard: Heard, tmp_path: Path, program: Make
) -> None:
    """MySQL and HAProxy are fetched as one tree: its failure is told of both, and was waited for once."""
    calls = tmp_path / "calls"
    program(tmp_path / "bin/apt-config")
    program(tmp_path / "bin/apt-get", f"echo $1 >> {calls}; echo 'E: unreachable'; exit 100")
    with pytest.raises(PartMissing) as caught:
        locate_needed(replace(settings, debian_mirror="file:/archive"), heard)
    assert (2, ["update"]) == (str(caught.value).count("E: unreachable"), calls.read_text().split())


def test_nothing_is_fetched_where_fetching_is_off(settings: PartSettings, heard: Heard) -> None:
    """The registry is listed as not asked."""
    with pytest.raises(PartMissing, match="not asked, since fetching is switched off"):
        locate_needed(replace(settings, fetch=False), heard)
    assert (heard.messages, settings.cache.exists()) == ([], False)


def test_doctor_reports_what_is_there_and_what_is_missing(settings: PartSettings, shelved: Path) -> None:
    """Each part has a report; a missing one says what to do; Allure alone is not needed."""
    reports = {report.name: report for report in examine(settings)}
    assert ["MySQL", "HAProxy", "Toxiproxy", "Allure"] == list(reports)
    found = reports["HAProxy"]
    assert (SHELVED, "cache", str(shelved), "") == (found.version, found.origin, found.program, found.problem)
    assert "What to do" in reports["MySQL"].problem
    assert [report.needed for report in reports.values()] == [True, True, True, False]
