"""Judge a run's folder anew, and say what that cost: ``python -m hadrill.harness.bench.judge FOLDER``.

One line of JSON a scenario on standard output: operations, seconds of the reading and of each check, peak memory in MB,
verdicts. Each check is given the first event of its kind in the record: one that is meant for another kind of event may
find fault with it, and costs the same.
"""

import ctypes
import inspect
import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, get_type_hints

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
    """Read every scenario of the run and call every check on it that its record has the arguments for."""
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


def arguments_for(check: Callable[..., Judgement], history: History) -> dict[str, Any] | None:
    """What a check needs besides the history (pure): events from the record, the rest from its own defaults.

    Returns:
        None where the record lacks it.
    """
    hints = get_type_hints(check)
    known = {
        Objective: OBJECTIVE,
        FaultRecord: next(iter(history.faults), None),
        FaultRecord | SwitchRecord: next(iter(history.faults), None),
        SwitchRecord: next(iter(history.switches), None),
        float: 1.0,
    }
    needed = [name for name, each in inspect.signature(check).parameters.items() if each.default is each.empty][1:]
    found = {name: known.get(hints[name]) for name in needed}
    return None if None in found.values() else found


def _judge(folder: Path, scenario: str) -> dict[str, object]:
    began_ns = now_ns()
    history = read_history(folder, scenario)
    seconds = {"reading": (now_ns() - began_ns) / 1e9}
    verdicts: dict[str, str] = {}
    for name, check in CHECKS.items():
        given = arguments_for(check, history)
        if given is None:
            verdicts[name] = "not judged: the record lacks an argument"
            continue
        began_ns = now_ns()
        judgement = check(history, **given)
        seconds[name] = (now_ns() - began_ns) / 1e9
        verdicts[name] = judgement.verdict.value
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    operations = len(history.operations)
    return {"operations": operations, "peak_mb": peak_mb, "seconds": seconds, "verdicts": verdicts}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
