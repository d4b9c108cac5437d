"""Judge a run's folder anew, and say what that cost: ``python -m hadrill.harness.bench.judge FOLDER``.

One line of JSON a scenario on standard output: operations, seconds of the reading and of each check, peak memory in MB,
verdicts. Each check is given the first event of its kind in the record, and the record's own servers: one that is meant
for others may find fault with them, and costs the same.
"""

import ctypes
import inspect
import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, get_type_hints

from hadrill.harness.bench.generated import TOTAL
from hadrill.harness.checks.columns import read_only_servers
from hadrill.harness.checks.registry import CHECKS
from hadrill.harness.errors import HadrillError, WrongCall
from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.evidence.history import read_history, read_scenarios
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History, SwitchRecord
from hadrill.harness.model.verdict import Judgement, Objective

OBJECTIVE: Final = Objective("made up", 5.0, "s", "the benchmark: what a check costs does not depend on it")

_M_TRIM_THRESHOLD: Final = -1  # <malloc.h>
_M_MMAP_MAX: Final = -4


def main(arguments: list[str]) -> int:
    """Read every scenario of the run and call every check on it."""
    keep_freed_memory()
    try:
        (folder,) = arguments
        for scenario in read_scenarios(Path(folder)):
            print(json.dumps(_judge(Path(folder), scenario)), flush=True)
    except ValueError:
        sys.stderr.write("judge: one folder of a run is needed\n")
        return WrongCall.exit_code
    except HadrillError as error:
        sys.stderr.write(f"judge: {error}\n")
        return error.exit_code
    return 0


def keep_freed_memory() -> None:
    """Have the C library keep what a check gave back for the next one, where it knows how.

    Columns of ten million rows would each be mapped and faulted in anew otherwise: a third of the time (measured).
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_MAX, 0)
        mallopt(_M_TRIM_THRESHOLD, 2**31 - 1)


def arguments_for(check: Callable[..., Judgement], history: History) -> dict[str, Any]:
    """What a check needs besides the history (pure): events and servers from the record, the rest from its defaults.

    Raises:
        WrongCall: the record has no fault or no switch, or the check needs what nobody here knows of.
    """
    hints, servers = get_type_hints(check), history.roster.servers
    if not history.faults or not history.switches or len(servers) < 2:
        raise WrongCall("a run without a fault, without a switch or of one server is not what every check can judge")
    known: dict[Any, object] = {
        Objective: OBJECTIVE,
        Objective | None: OBJECTIVE,
        FaultRecord: history.faults[0],
        FaultRecord | SwitchRecord: history.faults[0],
        SwitchRecord: history.switches[0],
        float: 1.0,
        str: servers[1],
        tuple[str, ...]: tuple(servers[number] for number in sorted(read_only_servers(history))),
    }
    by_name = {
        "total": TOTAL,
        "begins_ns": history.switches[0].asked_ns,
        "ends_ns": int(history.operations["received_ns"].max()),
    }
    needed = [name for name, each in inspect.signature(check).parameters.items() if each.default is each.empty][1:]
    try:
        return {name: by_name[name] if name in by_name else known[hints[name]] for name in needed}
    except KeyError as error:
        raise WrongCall(f"{check.__name__} needs a {error}, which no record has") from error


def _judge(folder: Path, scenario: str) -> dict[str, object]:
    began_ns = now_ns()
    history = read_history(folder, scenario)
    seconds = {"reading": (now_ns() - began_ns) / 1e9}
    verdicts: dict[str, str] = {}
    for name, check in CHECKS.items():
        given = arguments_for(check, history)
        began_ns = now_ns()
        judgement = check(history, **given)
        seconds[name] = (now_ns() - began_ns) / 1e9
        verdicts[name] = judgement.verdict.value
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    operations = len(history.operations)
    return {"operations": operations, "peak_mb": peak_mb, "seconds": seconds, "verdicts": verdicts}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
