"""Data directories that are initialised once."""

from dataclasses import replace
from pathlib import Path

import pytest

from hadrill.environments.embedded.template import make_template, template_folder
from hadrill.harness.engines.mysql.installation import Installation
from hadrill.harness.errors import HarnessTrouble

SERVER = Installation(("mysqld",), "9.7.4", (), "d1", "named")


class Filler:
    """Stands where a server would fill the directory; counts how often."""

    def __init__(self, code: int = 0) -> None:
        self.calls = 0
        self._code = code

    def __call__(self, argv: tuple[str, ...]) -> int:
        """Leave what an initialised server leaves."""
        self.calls += 1
        data = Path(next(word.removeprefix("--datadir=") for word in argv if word.startswith("--datadir=")))
        data.mkdir()
        (data / "ibdata1").write_bytes(b"\0" * 100_000 + b"x")
        (data / "auto.cnf").write_text("uuid", encoding="utf-8")
        return self._code


def test_another_server_gets_another_template(tmp_path: Path) -> None:
    """One version's directory is never given to another's server."""
    assert template_folder(tmp_path, SERVER) != template_folder(tmp_path, replace(SERVER, digest="d2"))


def test_it_is_made_once(tmp_path: Path) -> None:
    """The second call finds it."""
    template, fill = template_folder(tmp_path, SERVER), Filler()
    make_template(template, SERVER, fill, tmp_path / "log")
    make_template(template, SERVER, fill, tmp_path / "log")
    assert fill.calls == 1
    assert (template / "ibdata1").stat().st_size == 100_001


def test_no_copy_gets_the_templates_uuid(tmp_path: Path) -> None:
    """Two servers with one UUID cannot replicate from each other."""
    template = template_folder(tmp_path, SERVER)
    make_template(template, SERVER, Filler(), tmp_path / "log")
    assert not (template / "auto.cnf").exists()


def test_one_that_failed_is_not_there(tmp_path: Path) -> None:
    """The message has the server's last words, and the next call tries again."""
    template, log = template_folder(tmp_path, SERVER), tmp_path / "log"
    log.write_text("no space left on device\n", encoding="utf-8")
    with pytest.raises(HarnessTrouble, match="ended with 1; its last words: no space left on device"):
        make_template(template, SERVER, Filler(1), log)
    assert not template.exists()


def test_leftovers_of_an_interrupted_one_are_cleared(tmp_path: Path) -> None:
    """Only the finished template and its lock stay."""
    template = template_folder(tmp_path, SERVER)
    template.with_name(f"{template.name}.part-dead").mkdir(parents=True)
    make_template(template, SERVER, Filler(), tmp_path / "log")
    assert {path.name for path in template.parent.iterdir()} == {template.name, f"{template.name}.lock"}
