"""An instance as a service describes it."""

from hadrill.harness.model.instance import Edition, Endpoint, Instance, Member, Role, State

PAIR = Instance(
    id="db-1",
    edition=Edition.HIGH_AVAILABILITY,
    state=State.RUNNING,
    address=Endpoint("127.1.1.9", 3306),
    created_at="2026-11-28T10:00:00+00:00",
    members=(Member("a1", Role.PRIMARY), Member("b1", Role.SECONDARY)),
    protected=True,
)
