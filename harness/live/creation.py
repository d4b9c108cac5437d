"""Creating what a topology's file asks for."""

from collections.abc import Callable
from typing import Final

from hadrill.environments.topology_file import TopologyFile, WantedInstance, WantedRecovery
from hadrill.harness.live.record import LiveInstance
from hadrill.harness.model.disaster_recovery import Synchronization
from hadrill.harness.model.instance import Instance
from hadrill.harness.service.contract import Service
from hadrill.harness.wait import NotYet, until

CREATE_LIMIT_S: Final = 60.0
SYNCHRONIZE_LIMIT_S: Final = 120.0

Say = Callable[[str], None]


def create_all(service: Service, file: TopologyFile, say: Say) -> tuple[LiveInstance, ...]:
    """Create a file's instances, and then what follows them from another region.

    Args:
        service: whom to ask.
        file: what is wanted.
        say: told in a line what is being waited for.

    Raises:
        ServiceRefused: with the service's code and sentence.
        WaitTimeout: something was not ready in time.
    """
    made = {each.name: _create(service, each, say) for each in file.instances}
    ids = {name: instance.id for name, instance in made.items()}
    made |= {each.name: _follow(service, each, ids[each.master], say) for each in file.disaster_recovery}
    return tuple(LiveInstance(name, each, service.accounts(each.id)) for name, each in made.items())


def _create(service: Service, wanted: WantedInstance, say: Say) -> Instance:
    say(f"creating {wanted.name}: {wanted.edition}, in {' and '.join(wanted.zones)}")
    return service.create(wanted.edition, wanted.zones, timeout_s=CREATE_LIMIT_S)


def _follow(service: Service, wanted: WantedRecovery, master: str, say: Say) -> Instance:
    say(f"creating {wanted.name}: disaster recovery of {wanted.master}, in {wanted.region}")
    made = service.create_disaster_recovery(master, wanted.region, timeout_s=CREATE_LIMIT_S)
    say(f"synchronizing {wanted.name} with {wanted.master}")
    task = service.begin_synchronization(made.id, f"{wanted.master} to {wanted.name}").id

    def follows() -> Instance | NotYet:
        now = next(each for each in service.synchronization_tasks(made.id) if each.id == task)
        if now.state is Synchronization.SYNCHRONIZING:
            return service.describe(made.id)
        return NotYet(f"{now.state}, {now.progress:.0%} copied{now.reason and f', {now.reason}'}")

    return until(follows, f"{wanted.name} to follow {wanted.master}", timeout_s=SYNCHRONIZE_LIMIT_S)
