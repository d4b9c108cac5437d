"""Asking how an instance fares."""

from hadrill.harness.engines.mysql import figures as sql
from hadrill.harness.engines.mysql.session import SqlError
from hadrill.harness.model.disaster_recovery import MonitoringFigures
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.refusals import Code, Refusal


def figures(manager: Manager, instance: str) -> tuple[MonitoringFigures, ...]:
    """Figures over time, oldest first."""
    manager.existing(instance)
    return manager.figures(instance)


def slow_log(manager: Manager, instance: str) -> tuple[str, ...]:
    """When, for how long, by whom, and what; of the server behind the address, newest first."""
    record = manager.existing(instance)
    if not manager.work.settings.decisions.shows_slow_log:
        return ()
    try:
        with manager.work.server(record.front) as server:
            rows = server.rows(sql.SLOW_LOG)
    except SqlError as error:
        sentence = f"the server of instance {instance} on {record.front} does not answer ({error}); ask again later"
        raise Refusal(Code.NOT_RUNNING, sentence) from error
    return tuple(f"{row['start_time']} {row['query_time']} {row['user_host']}: {row['statement']}" for row in rows)
