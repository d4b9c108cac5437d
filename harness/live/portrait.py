"""What is written down of a stage that stands."""

from hadrill.environments.embedded.network import plan_network
from hadrill.environments.embedded.settings import load_settings
from hadrill.harness.drill.stage import Stage
from hadrill.harness.live.record import LiveInstance, LiveNode, LiveStage
from hadrill.harness.model.instance import Endpoint


def portrait(stage: Stage, instances: tuple[LiveInstance, ...], client: tuple[str, ...]) -> LiveStage:
    """Where everything of a stage is, and what opens it.

    Args:
        client: see ``LiveStage``.
    """
    inventory = stage.site.inventory
    return LiveStage(
        work=str(stage.site.work),
        logs=str(stage.site.work / "logs"),
        manager=stage.program.endpoint,
        token=stage.program.token,
        toxiproxy=_toxiproxy(stage),
        auditor=stage.program.auditor,
        nodes=tuple(LiveNode(node, inventory.server(node.name)) for node in inventory.topology.nodes),
        instances=instances,
        client=client,
    )


def _toxiproxy(stage: Stage) -> Endpoint:
    """The plan is made again: it follows from the topology and the network alone."""
    network = stage.site.manager.host.rpartition(".")[0]
    return plan_network(stage.site.inventory.topology, network, load_settings()).toxiproxy
