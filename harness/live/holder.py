"""The holder: brings a topology up and stays until SIGTERM, breaking and mending it as asked; all ends with it.

Started as ``python -m hadrill.harness.live.holder`` with ``Orders`` on standard input.
"""

import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from hadrill.environments.topology_file import load_topology
from hadrill.harness.drill.interruption import Interrupted, Interruption
from hadrill.harness.drill.stage import Stage, open_stage
from hadrill.harness.errors import HadrillError, HarnessTrouble
from hadrill.harness.faults.catalogue import fault_from
from hadrill.harness.faults.entry import Place
from hadrill.harness.live.creation import create_all
from hadrill.harness.live.fault_desk import FaultDesk
from hadrill.harness.live.fault_socket import desk_open
from hadrill.harness.live.foreground import Foreground
from hadrill.harness.live.holder_id import this_process
from hadrill.harness.live.messages import Orders, orders_from
from hadrill.harness.live.portrait import portrait
from hadrill.harness.live.record import LiveRecord
from hadrill.harness.live.records import Records

LOOK_S: Final = 5.0


def main() -> int:
    """Hold one topology up; the exit code is design decision 14's."""
    interruption = Interruption()
    interruption.take_over()
    foreground = Foreground()
    try:
        orders = orders_from(sys.stdin.readline())
        foreground.follow()
        _hold(orders, foreground)
    except Interrupted:
        return 0
    except HadrillError as error:
        return _give_up(error, interruption, foreground)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the user gets a sentence
        trouble = HarnessTrouble(f"the topology could not be brought up: {type(error).__name__}: {error}")
        return _give_up(trouble, interruption, foreground)
    return 0


def _give_up(error: HadrillError, interruption: Interruption, foreground: Foreground) -> int:
    interruption.hold()  # a command that has heard the reason ends us at once; nothing is left to be undone
    foreground.fail(error)
    return error.exit_code


def _hold(orders: Orders, foreground: Foreground) -> None:
    """From the first record to the last: the record of what ended by itself says why, every other one is removed."""
    records = Records(Path(orders.records))
    topology = load_topology(orders.topology).topology.name
    record = LiveRecord(topology, this_process(), datetime.now(UTC))
    records.claim(record)
    try:
        _bring_up_and_stay(orders, foreground, records, record)
    except HadrillError as error:
        if foreground.gone:
            records.update(replace(record, trouble=str(error)))
        else:
            records.remove(record)
        raise
    except BaseException:
        records.remove(record)
        raise


def _bring_up_and_stay(orders: Orders, foreground: Foreground, records: Records, record: LiveRecord) -> None:
    foreground.say(f"starting the racks, the links, the address and the manager of {record.topology}")
    with open_stage(orders.topology, orders.parts, on_progress=foreground.say) as stage:
        instances = create_all(stage.service, load_topology(orders.topology), foreground.say)
        records.update(replace(record, stage=portrait(stage, instances, orders.client)))
        with desk_open(_desk(stage), stage.site.work):
            foreground.let_go()
            _stay(stage)


def _desk(stage: Stage) -> FaultDesk:
    place = Place(stage.site, stage.start_manager)
    return FaultDesk(lambda name, target, options: fault_from(place, name, target, options))


def _stay(stage: Stage) -> None:
    """Stay until a signal is raised as ``Interrupted``, or until an instrument of ours ends (HarnessTrouble)."""
    never = threading.Event()
    while not never.wait(LOOK_S):
        stage.site.check()


if __name__ == "__main__":
    sys.exit(main())
