"""Allure's HTML report as one offline file that speaks to nobody."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from hadrill.harness.errors import HarnessTrouble
from hadrill.reports.allure_absent import RESULTS
from hadrill.reports.files import write_private
from hadrill.reports.offline import foreign_loads, made_offline
from hadrill.reports.result import build_result
from hadrill.reports.table import table_text

PAGE: Final = "allure.html"
CLOSING: Final = "clauses.txt"
COLOUR: Final = re.compile(r"\x1b\[[0-9;]*m")
STACK: Final = re.compile(r"\s+at |Node\.js v")


def make_html(folder: Path, allure: Sequence[str], timeout_s: float = 120.0) -> Path:
    """Run Allure 3 over the run's ``allure-results`` and write ``allure.html`` into its folder.

    Args:
        folder: of the run.
        allure: how to run Allure's command line, for example ``("node", ".../cli.js")``.
        timeout_s: Allure is killed after so many seconds.

    Raises:
        HarnessTrouble: there are no results, Allure could not be run, failed or took too long, or its page would
            still load something from a foreign host.
    """
    results = (folder / RESULTS).resolve()
    if not any(results.glob("*-result.json")):
        raise HarnessTrouble(f"there are no results in {results}")
    if shutil.which(allure[0]) is None:
        raise HarnessTrouble(f"Allure could not be run as {allure[0]}: there is no such program")
    # Within the run's folder, so that a killed run leaves nothing elsewhere.
    with TemporaryDirectory(prefix=".allure-", dir=folder.resolve()) as scratch:
        page = _generate(folder, results, Path(scratch), allure, timeout_s)
    offline = made_offline(page)
    if left := foreign_loads(offline):
        raise HarnessTrouble(f"its page would load {', '.join(left)}")
    return write_private(folder / PAGE, offline)


def _generate(folder: Path, results: Path, scratch: Path, allure: Sequence[str], timeout_s: float) -> str:
    config = scratch / "allurerc.json"
    config.write_text(json.dumps(_config(folder, scratch / "report")))
    (scratch / CLOSING).write_text(table_text(build_result(folder), {}), encoding="utf-8")
    command = [*_dying_with_us(), *allure, "generate", "--config", str(config), str(results)]
    try:
        done = subprocess.run(
            command,
            cwd=scratch,
            env={**os.environ, "HOME": str(scratch), "TMPDIR": str(scratch)},  # it writes there
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout_s,
            check=False,
        )
    except OSError as error:
        raise HarnessTrouble(f"Allure could not be run as {allure[0]}: {error.strerror}") from error
    except subprocess.TimeoutExpired as error:
        raise HarnessTrouble(f"Allure's report was not done within {timeout_s:g} s") from error
    page = scratch / "report" / "index.html"
    if done.returncode or not page.is_file():
        said = _last_words(done.stderr or done.stdout)
        raise HarnessTrouble(f"Allure made no report; it ended with {done.returncode} and said: {said}")
    return page.read_text(encoding="utf-8")


def _dying_with_us() -> tuple[str, ...]:
    """What ends Allure when we are killed, where util-linux has it."""
    return ("setpriv", "--pdeathsig", "KILL", "--") if shutil.which("setpriv") else ()


def _last_words(output: bytes) -> str:
    """The last line that is meant for people: without colours, and none of Node's stack."""
    lines = COLOUR.sub("", output.decode(errors="replace")).splitlines()
    told = [line.strip() for line in lines if line.strip() and not STACK.match(line)]
    return told[-1][:500] if told else "nothing"


def _config(folder: Path, output: Path) -> dict[str, object]:
    """Allure's own configuration: one file, filed by document, feature and rule, with the closing table."""
    run = build_result(folder).run
    options = {"singleFile": True, "reportName": run.name, "groupBy": ["epic", "feature", "story"]}
    told = {
        "seed": str(run.seed),
        "environment": run.environment,
        "server files": run.server_files,
        "sabotage": run.sabotage,
        **run.versions,
    }
    return {
        "name": f"hadrill {run.name}",
        "output": str(output),
        "variables": {name: value for name, value in told.items() if value},
        "globalAttachments": [CLOSING],
        "plugins": {"awesome": {"options": options}},
    }
