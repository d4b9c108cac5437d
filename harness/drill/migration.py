"""A customer takes the data of one instance to another one."""

from typing import Final

from hadrill.harness.checks.as_asked import carried_out
from hadrill.harness.drill.subject import STATEMENTS_LIMIT_S, Subject
from hadrill.harness.errors import HarnessTrouble
from hadrill.harness.workload.as_customer import run_as_customer
from hadrill.harness.workload.compare import compare_servers
from hadrill.harness.workload.ledger_table import SCHEMA, read_keys
from hadrill.harness.workload.migrate import copy_data

COPY_LIMIT_S: Final = 60.0
_WORK_GOES_ON: Final = (
    f"CREATE TABLE {SCHEMA}.went_on (id INT NOT NULL PRIMARY KEY)",
    f"INSERT INTO {SCHEMA}.went_on VALUES (1)",  # noqa: S608 - a constant
)


def migrate(source: Subject, target: Subject) -> None:
    """Copy the data as their customer, read them back where they are now, and compare the servers.

    What the source acknowledged is looked for at the target from then on.
    """
    old, new = source.observed.before.address, target.observed.before.address
    giver, customer = source.owner, target.owner
    try:
        copied = copy_data(old, giver, new, customer, timeout_s=COPY_LIMIT_S)
    except HarnessTrouble as error:
        source.judge.ask(carried_out, "a copy of the data by a customer", str(error))
        return
    target.recorder.setting("copied", copied)
    source.recorder.present(read_keys(new, customer, timeout_s=COPY_LIMIT_S))
    source.judge.read_anew()
    sides = [each.side(each.primary) for each in (source, target)]
    target.recorder.comparison(compare_servers(*sides, timeout_s=COPY_LIMIT_S))


def write_at(target: Subject) -> None:
    """The customer works on where the data are now; what cannot be written is a finding."""
    customer, came_of = target.owner, ""
    try:
        run_as_customer("write", target.observed.before.address, customer, *_WORK_GOES_ON, timeout_s=STATEMENTS_LIMIT_S)
    except HarnessTrouble as error:
        came_of = str(error)
    target.judge.ask(carried_out, "a write at the new instance", came_of)
