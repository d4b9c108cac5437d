"""The kinds of line that a journal has, and what each carries.

Every line has ``seq`` (from 0), ``utc``, ``mono_ns``, ``kind`` and ``scenario`` (an id, or empty outside one). A record
of the model stands under the kind's own name. Where a scenario has several instances side by side, what belongs to one
of them carries its label under ``instance``.

    kind         carries
    opened       run, hadrill, plan_sha256
    scenario     title, clauses, tags, feature, line: a scenario begins
    setting      what, values: durability settings read back, versions, inventory without secrets
    injecting    name, target: a fault is about to strike
    fault        a FaultRecord as it stands after injection
    heal         the same record after its heal
    switch       a SwitchRecord
    service      what the service says of itself (its events); never used by a check
    segment      a Segment: a sealed part of the ledger
    roster       a Roster: names behind the segments' columns
    present      a Segment: the keys that the instance held at the end
    stall        a Stall of a load process
    comparison   a Comparison
    sighting     a Sighting
    snapshot     a SealedSnapshot: rows that a server held on the way
    server       a ServerState
    shown_lag    a ShownLag
    judgement    clause, check, verdict, findings, measures, undecided, warnings; given, before: a Basis
    step         keyword, text, status, seconds; asserted: what it found where no check has that on record
    ended        status (passed, failed, broken, not addressed), reason: the scenario is over
    trouble      an instrument failed; the sentence
    closed       scenarios, verdicts: the last line of a run that was finished
"""

from enum import StrEnum


class EventKind(StrEnum):
    """What a journal's line is about."""

    OPENED = "opened"
    SCENARIO = "scenario"
    SETTING = "setting"
    INJECTING = "injecting"
    FAULT = "fault"
    HEAL = "heal"
    SWITCH = "switch"
    SERVICE = "service"
    SEGMENT = "segment"
    ROSTER = "roster"
    PRESENT = "present"
    STALL = "stall"
    COMPARISON = "comparison"
    SIGHTING = "sighting"
    SNAPSHOT = "snapshot"
    SERVER = "server"
    SHOWN_LAG = "shown_lag"
    JUDGEMENT = "judgement"
    STEP = "step"
    ENDED = "ended"
    TROUBLE = "trouble"
    CLOSED = "closed"
