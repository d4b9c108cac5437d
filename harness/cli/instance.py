"""``hadrill instance``: ask the service of what is up, as one would in a console."""

import argparse
import os
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Final

from hadrill.harness.cli.saying import say
from hadrill.harness.errors import ServiceRefused, WrongCall
from hadrill.harness.live.instance_wording import (
    line_of_instance,
    line_of_task,
    lines_of_instance,
    lines_of_verification,
)
from hadrill.harness.live.record import LiveStage
from hadrill.harness.live.records import Records, records_folder
from hadrill.harness.live.selection import the_one
from hadrill.harness.model.disaster_recovery import Synchronization
from hadrill.harness.model.instance import Edition, InstanceType, Role
from hadrill.harness.service.reference import ReferenceService
from hadrill.harness.wait import NotYet, until

LIMIT_S: Final = 180.0
DIFFERENT: Final = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the verb takes."""
    verbs = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    listed = verbs.add_parser("list", help="which instances there are")
    listed.add_argument("--region", default="", help="those of one region")
    listed.add_argument("--type", default="", choices=[str(each) for each in InstanceType], help="those of one type")
    create = verbs.add_parser("create", help="a new instance, or one for disaster recovery of a MASTER")
    editions = [str(each) for each in Edition]
    create.add_argument("--edition", default="", choices=editions, help=f"{Edition.HIGH_AVAILABILITY} if none is given")
    create.add_argument("--zone", action="append", default=[], help="where a server of it runs; may be given twice")
    create.add_argument("--master", default="", metavar="ID", help="whom it shall follow from another region")
    create.add_argument("--region", default="", help="where, for disaster recovery")
    read_only = _on_one(verbs, "create-read-only", "a new instance that follows it in its region and serves reads")
    read_only.add_argument("--zone", default="", help="where (one that has a free node)")
    sync = _on_one(verbs, "create-sync", "have a disaster-recovery instance follow its master")
    sync.add_argument("--name", default="by hand", help="of the task (%(default)s)")
    sync.add_argument(
        "--table",
        action="append",
        default=[],
        metavar="SCHEMA.TABLE",
        help="have this table follow in place of all there is; may be given more than once; accounts that are made "
        "after the first copy do not arrive then",
    )
    promote = _on_one(verbs, "promote", "have it take its master's place, once and for ever")
    promote.add_argument(
        "--accept-divergence",
        default="",
        metavar="MASTER",
        help="the master's id, needed where that may still be alive and taking writes: both sides then differ for good",
    )
    back = _on_one(verbs, "switch-back", "have it take its living master's place, verified row by row")
    for each in (promote, back):
        each.add_argument("--confirm", default="", metavar="ID", help="the instance, once more")
    _on_one(verbs, "describe", "all that is known of an instance")
    _on_one(verbs, "verify", "compare it with its master row by row")
    _on_one(verbs, "release", "give it back")
    for verb in verbs.choices.values():
        verb.add_argument("--topology", metavar="TOPOLOGY", help="which one, where several are up")


def run(given: argparse.Namespace) -> int:
    """Ask, and print what came of it; returns 1 where a verification found a difference.

    Raises:
        WrongCall: the service refused, nothing is up, or options do not go together.
    """
    if given.what == "create":
        _require_fitting(given)
    stage = _stage(given.topology)
    with closing(ReferenceService(stage.manager, stage.token, stage.auditor)) as service:
        try:
            return _ASK[given.what](service, given)
        except ServiceRefused as refusal:
            raise WrongCall(str(refusal)) from refusal


def _list(service: ReferenceService, given: argparse.Namespace) -> int:
    say(*map(line_of_instance, service.list_instances(region=given.region, instance_type=given.type)))
    return 0


def _describe(service: ReferenceService, given: argparse.Namespace) -> int:
    instance = service.describe(given.instance)
    recovers = instance.type is InstanceType.DISASTER_RECOVERY
    tasks = service.synchronization_tasks(given.instance) if recovers or instance.promoted_from else ()
    say(*lines_of_instance(instance, tasks, service.synchronization_lag_s(given.instance) if recovers else None))
    return 0


def _require_fitting(given: argparse.Namespace) -> None:
    if bool(given.master) != bool(given.region):
        raise WrongCall("--master and --region go together: an instance for disaster recovery needs both")
    if given.master and (given.edition or given.zone):
        raise WrongCall("--master goes with neither --edition nor --zone: such an instance is like its master")


def _create(service: ReferenceService, given: argparse.Namespace) -> int:
    if given.master:
        new = service.create_disaster_recovery(given.master, given.region, timeout_s=LIMIT_S)
    else:
        new = service.create(Edition(given.edition or Edition.HIGH_AVAILABILITY), tuple(given.zone), timeout_s=LIMIT_S)
    say(*lines_of_instance(new))
    return 0


def _create_read_only(service: ReferenceService, given: argparse.Namespace) -> int:
    say(*lines_of_instance(service.create_read_only(given.instance, given.zone, timeout_s=LIMIT_S)))
    return 0


def _create_sync(service: ReferenceService, given: argparse.Namespace) -> int:
    task = service.begin_synchronization(given.instance, given.name, tuple(given.table))
    if task.notice:
        say(f"note: {task.notice}")
    said: list[str] = []

    def follows() -> bool | NotYet:
        tasks = service.synchronization_tasks(given.instance)
        if not tasks:
            return NotYet("the service shows no task")
        line = line_of_task(tasks[-1])
        if said[-1:] != [line]:
            said.append(line)
            say(line)
        return tasks[-1].state is Synchronization.SYNCHRONIZING or NotYet(line)

    def paired() -> bool | NotYet:
        return bool(service.describe(given.instance).having(Role.SECONDARY)) or NotYet("its second server is copied")

    until(follows, f"{given.instance} to follow its master", timeout_s=LIMIT_S, interval_s=0.5)
    until(paired, f"{given.instance} to be a pair", timeout_s=LIMIT_S, interval_s=0.5)
    return 0


def _promote(service: ReferenceService, given: argparse.Namespace) -> int:
    asked = {"confirm": given.confirm, "accept_divergence": given.accept_divergence}
    service.promote(given.instance, **asked, timeout_s=LIMIT_S)
    say(*lines_of_instance(service.describe(given.instance)))
    return 0


def _verify(service: ReferenceService, given: argparse.Namespace) -> int:
    found = service.verify(given.instance, timeout_s=LIMIT_S)
    say(*lines_of_verification(found))
    return DIFFERENT if found.differences else 0


def _switch_back(service: ReferenceService, given: argparse.Namespace) -> int:
    service.switch_back(given.instance, confirm=given.confirm, timeout_s=LIMIT_S)
    say(*lines_of_instance(service.describe(given.instance)))
    return 0


def _release(service: ReferenceService, given: argparse.Namespace) -> int:
    service.release(given.instance, timeout_s=LIMIT_S)
    say(f"{given.instance} is released; nothing of it is left")
    return 0


_ASK: Final[Mapping[str, Callable[[ReferenceService, argparse.Namespace], int]]] = {
    "list": _list,
    "describe": _describe,
    "create": _create,
    "create-read-only": _create_read_only,
    "create-sync": _create_sync,
    "promote": _promote,
    "verify": _verify,
    "switch-back": _switch_back,
    "release": _release,
}


def _stage(topology: str | None) -> LiveStage:
    record = the_one(Records(records_folder(os.environ)), topology)
    if record.stage is None:
        raise WrongCall(f"{record.topology} is {record.state}; there is nobody to ask yet")
    return record.stage


def _on_one(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, summary: str
) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=summary)
    verb.add_argument("instance", metavar="ID", help="which instance")
    return verb
