"""Disaster recovery, measured: delivery, synchronization, lag over either line, promotion, the way back."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from hadrill.environments.embedded.site import Parts
from hadrill.harness.bench.figure import P99, Figure, median_of, not_measured, spread_of
from hadrill.harness.bench.first_row import LIMIT_S, insert_first_row
from hadrill.harness.bench.ready import create_pair, first_connection
from hadrill.harness.checks.lag_series import lag_series
from hadrill.harness.drill.aim import another_region, only
from hadrill.harness.drill.clients import LoadPlan, standard_load
from hadrill.harness.drill.stage import Stage, open_stage
from hadrill.harness.errors import HadrillError, HarnessTrouble
from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.evidence.segments import unseal
from hadrill.harness.faults.line_file import load_lines
from hadrill.harness.faults.line_laid import LineLaid
from hadrill.harness.faults.region_lost import RegionLost
from hadrill.harness.model.disaster_recovery import Synchronization
from hadrill.harness.model.fault import FaultRecord
from hadrill.harness.model.history import History
from hadrill.harness.model.instance import Instance, Role
from hadrill.harness.model.operation import Way, no_operations
from hadrill.harness.wait import NotYet, until
from hadrill.harness.workload.ledger_table import create_ledger
from hadrill.harness.workload.process import LoadProcess

TOPOLOGY: Final = "drill-dr"
LINE_S: Final = 10
"""How long a line lies under load."""

PROMOTION_AIM_S: Final = 10.0
TIMES: Final = ("delivery", "synchronization", "promotion, to the first write", "switch back, to the first write")
FIRST_KEYS: Final = {TIMES[2]: 1 << 60, TIMES[3]: 1 << 61}
"""No client of the load has one of them."""

Say = Callable[[str], None]


@dataclass(slots=True)
class _Taken:
    """Seconds by what took them, and the lags that were seen by line."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in TIMES})
    lags: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in load_lines()})

    def figures(self) -> tuple[Figure, ...]:
        """As lines of the benchmark."""
        aims = {TIMES[2]: PROMOTION_AIM_S}
        times = [median_of(name, taken, aim=aims.get(name)) for name, taken in self.seconds.items() if taken]
        lags = [spread_of(f"lag over a {line}", seen) for line, seen in self.lags.items() if seen]
        return (*times, *(figure for each in lags for figure in each if figure.name.endswith((P99, "median"))))


def recoveries(parts: Parts, count: int, say: Say) -> tuple[Figure, ...]:
    """Go through a disaster and back so many times; what came before one that went wrong counts."""
    taken = _Taken()
    for number in range(count):
        try:
            with tempfile.TemporaryDirectory() as folder, open_stage(TOPOLOGY, parts) as stage:
                _round(stage, Path(folder), taken)
        except HadrillError as error:
            return (*taken.figures(), not_measured("disaster recovery, the rest", "s", str(error)))
        say(f"disaster recovery {number + 1} of {count}")
    return taken.figures()


def _round(stage: Stage, folder: Path, taken: _Taken) -> None:
    service, pair = stage.service, create_pair(stage)
    create_ledger(pair.address, service.accounts(pair.id)[0], timeout_s=LIMIT_S)
    new = _followed(stage, pair, taken)
    _lags(stage, folder, pair, new, taken)
    topology = stage.site.inventory.topology
    lost = RegionLost(stage.site, topology.node(only(pair, Role.PRIMARY)).region)
    record = lost.inject()
    _until_first_row(
        stage, new, TIMES[2], taken,
        lambda: service.promote(new.id, confirm=new.id, accept_divergence=pair.id, timeout_s=LIMIT_S),
    )  # fmt: skip
    lost.heal(record, LIMIT_S)
    promoted = service.await_protected(new.id, timeout_s=LIMIT_S)
    service.await_protected(pair.id, timeout_s=LIMIT_S)
    service.release(pair.id, timeout_s=LIMIT_S)
    back = _followed(stage, promoted, taken)
    _until_first_row(
        stage, back, TIMES[3], taken, lambda: service.switch_back(back.id, confirm=back.id, timeout_s=LIMIT_S)
    )


def _followed(stage: Stage, master: Instance, taken: _Taken) -> Instance:
    """A disaster-recovery instance of it that is a pair and follows."""
    service, region = stage.service, another_region(stage.site.inventory.topology, only(master, Role.PRIMARY))
    began_ns = now_ns()
    new = service.create_disaster_recovery(master.id, region, timeout_s=LIMIT_S)
    delivered_ns = now_ns()
    service.begin_synchronization(new.id, "bench")

    def follows() -> bool | NotYet:
        now = service.describe(new.id)
        return now.synchronization == Synchronization.SYNCHRONIZING or NotYet(now.synchronization)

    until(follows, f"{new.id} to follow {master.id}", timeout_s=LIMIT_S, interval_s=0.02)
    taken.seconds[TIMES[0]].append((delivered_ns - began_ns) / 1e9)
    taken.seconds[TIMES[1]].append((now_ns() - delivered_ns) / 1e9)

    def paired() -> Instance | NotYet:
        now = service.describe(new.id)
        return now if now.having(Role.SECONDARY) else NotYet("one server")

    return until(paired, f"{new.id} to be a pair", timeout_s=LIMIT_S)


def _until_first_row(stage: Stage, of: Instance, what: str, taken: _Taken, ask: Callable[[], None]) -> None:
    """From the request to the first row that is acknowledged at the instance's address."""
    owner, began_ns = stage.service.accounts(of.id)[0], now_ns()
    ask()
    with first_connection(of.address, owner) as connection:
        insert_first_row(connection, FIRST_KEYS[what])
    taken.seconds[what].append((now_ns() - began_ns) / 1e9)


def _lags(stage: Stage, folder: Path, pair: Instance, new: Instance, taken: _Taken) -> None:
    """Of either line for a while, one after the other, under one load."""
    accounts = stage.service.accounts(pair.id)
    plan = LoadPlan(recovery=((new, stage.service.accounts(new.id)),))
    settings = standard_load(folder, "bench", pair, stage.site.inventory, accounts, plan)
    load = LoadProcess.start(settings)
    try:
        load.wait_ready(LIMIT_S)
        laid = {name: _laid(stage, load, pair, new, name) for name in load_lines()}
        report = load.stop()
    finally:
        load.kill()
    segments = [unseal(folder, segment) for segment in report.segments]
    history = History(settings.roster(settings.nodes), np.concatenate([no_operations(), *segments]))
    (series,) = lag_series(history, (Way.RECOVERY,))
    for name, record in laid.items():
        there = (series.at_ns >= record.effective_ns) & (series.at_ns < (record.heal_began_ns or 0))
        taken.lags[name] += series.lag_s[there].tolist()


def _laid(stage: Stage, load: LoadProcess, pair: Instance, new: Instance, name: str) -> FaultRecord:
    topology = stage.site.inventory.topology
    regions = [topology.node(each.members[0].node).region for each in (pair, new)]
    line = LineLaid(stage.site, regions[0], regions[1], load_lines()[name])
    record = line.inject()
    ends_ns = record.effective_ns + LINE_S * 10**9

    def over() -> bool | NotYet:
        seen = load.latest
        return (seen is not None and seen.at_ns >= ends_ns) or NotYet(f"{seen}")

    until(over, f"{LINE_S} s over a {name}", timeout_s=LINE_S + LIMIT_S)
    record = line.heal(record, LIMIT_S)
    for proof in (record.proof, record.heal_proof):
        if proof is None or not proof.holds:
            raise HarnessTrouble(f"a {name} could not be laid or lifted: {proof}")
    return record
