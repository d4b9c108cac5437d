"""Run folders as a drill leaves them, made by hand: a failover, and scenarios of every other end."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from hadrill.harness.evidence.clock import now_ns
from hadrill.harness.evidence.events import EventKind
from hadrill.harness.evidence.journal import Journal
from hadrill.harness.evidence.segments import seal
from hadrill.harness.model.fault import FaultRecord, Proof
from hadrill.harness.model.history import Stall
from hadrill.harness.model.operation import NO_SERVER, OPERATION, Client, Kind, Operations, Outcome, Roster, Way
from hadrill.harness.model.requirement import Requirement
from hadrill.harness.model.verdict import Finding, Judgement, Measure, Objective

S = 1_000_000_000
MS = 1_000_000

REQUIREMENTS = (
    Requirement("SW-6", "switch", "Limits", "limit", "A Basic instance refuses the switch", ("0" * 64,), "normal"),
    Requirement(
        "HA-4",
        "ha",
        "Failover",
        "behaviour",
        "A faulty primary is replaced without anyone asking",
        ("1" * 64,),
        "blocker",
    ),
    Requirement("HA-11", "ha", "Engines", "organisational", "Further engines", (), "minor"),
)
AFTER_A_KILL = Objective("failover after a kill", 3.0, "s", "the drill's own aim")
NO_LOSS = Objective("acknowledged writes lost", 0.0, "rows", "HA-4")


def planned(name: str, *clauses: str, title: str = "The primary is killed under load") -> dict[str, Any]:
    """A scenario as the plan lists it."""
    place = {"feature": "features/ha/failover.feature", "line": 7}
    return {"id": name, "title": title, "clauses": clauses or ("HA-4",), "tags": ("smoke",), **place}


def write_plan(folder: Path, *scenarios: dict[str, Any], **changes: Any) -> None:
    """``plan.json`` with those scenarios."""
    folder.mkdir(parents=True, exist_ok=True)
    plan = {
        "version": 1,
        "run": folder.name,
        "seed": 42,
        "hadrill": "0.1.0",
        "objectives": {},
        "objectives_sha256": "ab" * 32,
        "requirements": [asdict(one) for one in REQUIREMENTS],
        "scenarios": scenarios,
        "not_addressed": [{"clause": "HA-11", "reason": "only MySQL is built here"}],
        "warnings": [],
    }
    (folder / "plan.json").write_text(json.dumps(plan | changes))


def judge(journal: Journal, scenario: str, clause: str, judgement: Judgement) -> None:
    """Write a judgement as the drill does."""
    journal.append(EventKind.JUDGEMENT, scenario, clause=clause, verdict=judgement.verdict, **asdict(judgement))


def took(seconds: float | None, **more: Any) -> Judgement:
    """An outage check's judgement."""
    measures = (Measure("time to writes again", seconds, "s", 0.012, AFTER_A_KILL),)
    return Judgement("outage", measures=measures, **more)


def lost(*keys: int) -> Judgement:
    """A loss check's judgement."""
    sentence = f"{len(keys)} acknowledged writes are missing"
    findings = (Finding("lost writes", sentence, keys),) if keys else ()
    measures = (Measure("acknowledged writes lost", float(len(keys)), "rows", 0.0, NO_LOSS),)
    return Judgement("lost writes", findings, measures)


def failover_operations(
    zero_ns: int, *, seconds: int = 20, fault_s: float = 8.0, outage_s: float = 0.6, writers: int = 4
) -> Operations:
    """Writers at 10 ms, refused or left in the dark during the outage, then answered by the other server."""
    random = np.random.default_rng(1)
    rows = []
    for client in range(writers):
        at_s, key = 0.3 + client / 400, client << 40
        while at_s < seconds:
            latency_s = float(random.lognormal(-5.6, 0.45))
            outcome, server, error = Outcome.ACKNOWLEDGED, 0 if at_s < fault_s else 1, 0
            if fault_s - latency_s < at_s < fault_s:
                outcome, server, error, latency_s = Outcome.INDETERMINATE, 0, 2013, fault_s - at_s + 0.002
            elif fault_s <= at_s < fault_s + outage_s:
                outcome, server, error, latency_s = Outcome.REFUSED, NO_SERVER, 2003, 0.001
            elif fault_s + outage_s <= at_s < fault_s + outage_s + 1:
                latency_s *= 3
            sent, key = zero_ns + int(at_s * S), key + 1
            rows.append((key, sent, sent + int(latency_s * S), client, server, error, Kind.WRITE, Way.ADDRESS, outcome))
            at_s += max(0.010, latency_s) + (0.02 if outcome is Outcome.REFUSED else 0)
    return np.array(rows, dtype=OPERATION)


def write_failover(
    folder: Path, journal: Journal, scenario: str, zero_ns: int, fault: str = "process-killed", **shape: Any
) -> None:
    """The facts of a failover from a1 to a2, as the drill writes them."""
    fault_ns = zero_ns + int(shape.get("fault_s", 8.0) * S)
    opened_ns = fault_ns + int(shape.get("outage_s", 0.6) * S)
    clients = tuple(Client(f"writer-{n + 1}", Way.ADDRESS, "owner") for n in range(shape.get("writers", 4)))
    journal.append(EventKind.ROSTER, scenario, roster=Roster(clients, ("a1", "a2")))
    segment = seal(folder, f"operations/{scenario}-0.npy", failover_operations(zero_ns, **shape))
    journal.append(EventKind.SEGMENT, scenario, segment=segment)
    proof = Proof(holds=True, observed="ended by signal 9; the port refuses", at_ns=fault_ns + 5 * MS)
    record = FaultRecord(fault, "a1", fault_ns, fault_ns + 4 * MS, proof, disrupts=True)
    journal.append(EventKind.FAULT, scenario, fault=record)
    for what, before_ms in (("detected", 420), ("promoted", 90), ("opened", 12)):
        journal.append(EventKind.SERVICE, scenario, at_ns=opened_ns - before_ms * MS, what=what)
    healed = Proof(holds=True, observed="greets again", at_ns=fault_ns + 5 * S)
    journal.append(
        EventKind.HEAL,
        scenario,
        heal=FaultRecord(
            fault, "a1", fault_ns, fault_ns + 4 * MS, proof, True, fault_ns + 4 * S, fault_ns + 5 * S, healed
        ),
    )
    journal.append(EventKind.STALL, scenario, stall=Stall("load", zero_ns + 15 * S, 80 * MS))


def finish(journal: Journal, scenario: str, status: str = "passed", reason: str = "") -> None:
    """The scenario is over."""
    journal.append(EventKind.ENDED, scenario, status=status, reason=reason)


def write_mixed(folder: Path, *, closed: bool = True) -> None:
    """A whole run: one scenario each that passed, lost writes, asserted, was undecided, was not addressed."""
    write_plan(
        folder,
        planned("ha-4-killed", "HA-4"),
        planned("ha-4-loss", "HA-4", title="The primary is killed while replication is held back"),
        planned("sw-6-refused", "SW-6", title="A switch of a Basic instance is asked for"),
        planned("ha-4-frozen", "HA-4", title="The primary freezes"),
        planned("ha-11-mariadb", "HA-11", title="The same on MariaDB"),
    )
    zero_ns = now_ns()
    with Journal(folder) as journal:
        journal.append(EventKind.OPENED, run=folder.name, hadrill="0.1.0", plan_sha256="cd" * 32)
        journal.append(EventKind.SETTING, what="versions", values={"mysql": "9.7.4", "haproxy": "3.2.1"})
        for scenario in ("ha-4-killed", "ha-4-loss"):
            journal.append(EventKind.SCENARIO, scenario)
            write_failover(folder, journal, scenario, zero_ns)
        journal.append(EventKind.SCENARIO, "ha-4-frozen")
        judge(journal, "ha-4-killed", "HA-4", took(0.603))
        judge(journal, "ha-4-killed", "HA-4", lost())
        finish(journal, "ha-4-killed")
        judge(journal, "ha-4-loss", "HA-4", lost(7, 8, 9))
        finish(journal, "ha-4-loss", "failed", "acknowledged writes were lost")
        journal.append(EventKind.SCENARIO, "sw-6-refused")
        finish(journal, "sw-6-refused", "failed", "the switch of a Basic instance was not refused")
        judge(journal, "ha-4-frozen", "HA-4", took(None, undecided="the load process stalled for 2.1 s"))
        finish(journal, "ha-4-frozen", "broken", "no verdict")
        journal.append(EventKind.SCENARIO, "ha-11-mariadb")
        finish(journal, "ha-11-mariadb", "not addressed", "the service builds no MariaDB instance")
        if closed:
            journal.append(EventKind.CLOSED, scenarios=5)
