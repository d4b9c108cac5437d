"""What ``hadrill instance`` prints, line by line (pure)."""

from collections.abc import Iterable, Iterator

from hadrill.harness.model.disaster_recovery import SynchronizationTask, Verification
from hadrill.harness.model.instance import Edition, Instance


def line_of_instance(instance: Instance) -> str:
    """One of a list."""
    what = [str(instance.type), str(instance.edition), str(instance.state), instance.region, str(instance.address)]
    how = f", {instance.synchronization}" if instance.synchronization else ""
    follows = [f"follows {instance.master}{how}"] if instance.master else []
    return "  ".join([instance.id, *what, *follows])


def lines_of_instance(
    instance: Instance, tasks: Iterable[SynchronizationTask] = (), lag_s: float | None = None
) -> Iterator[str]:
    """All that is known of one.

    Args:
        tasks: its synchronization, where it has or had one.
        lag_s: behind its master, as the service shows it; None where it is not known.
    """
    yield line_of_instance(instance)
    if instance.reason:
        yield f"  why         {instance.reason}"
    yield f"  created     {instance.created_at}"
    for member in instance.members:
        yield f"  {member.role:<11} {member.node}"
    if instance.edition is Edition.HIGH_AVAILABILITY and not instance.master:
        yield f"  protected   {'yes' if instance.protected else 'no'}"
    for name, ids in (("read-only", instance.read_only), ("followed by", instance.disaster_recovery)):
        if ids:
            yield f"  {name:<11} {', '.join(ids)}"
    if instance.promoted_from:
        yield f"  promoted    in place of {instance.promoted_from}, which it never follows again"
    for task in tasks:
        yield f"  task        {line_of_task(task)}"
        if task.notice:
            yield f"  note        {task.notice}"
    if instance.master and instance.synchronization:
        yield f"  lag         {'not known' if lag_s is None else f'{lag_s:.3f} s'}"


def line_of_task(task: SynchronizationTask) -> str:
    """How far a synchronization is."""
    what = ", ".join(task.tables) or "the entire instance"
    why = f" ({task.reason})" if task.reason else ""
    again = f" at attempt {task.attempt}" if task.attempt > 1 else ""
    return f"{task.name}: {what} of {task.master}, {task.state}{why}, {task.progress:.0%} copied{again}"


def lines_of_verification(found: Verification) -> Iterator[str]:
    """What a comparison came to."""
    for each in found.differences:
        yield f"differs: {each.table}, row {each.row}: {each.left} at the master, {each.right} here"
    how = f"{len(found.differences)} differences" if found.differences else "no difference"
    yield f"{found.tables} tables and {found.rows} rows compared: {how}"
