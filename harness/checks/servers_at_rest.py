"""HA-2 at rest, SW-6 and the durability that every server must have; from the judge's own look at each server.

Does not flag: a server that is closed and follows nothing, as long as it is no member of the instance.
"""

from collections.abc import Mapping

from hadrill.harness.model.portrait import Portrait
from hadrill.harness.model.topology import Node
from hadrill.harness.model.verdict import Finding, Judgement, Measure


def pair_at_rest(portraits: tuple[Portrait, ...], server_ids: Mapping[str, int]) -> Judgement:
    """Exactly one server takes writes and waits for the other, which follows it and lets no customer in."""
    name = "pair at rest"
    if len(portraits) != 2:
        return Judgement(name, (Finding(name, f"there are {len(portraits)} servers, not two"),))
    writable = [portrait for portrait in portraits if portrait.writable]
    if len(writable) != 1:
        nodes = ", ".join(portrait.node for portrait in writable) or "none"
        return Judgement(name, (Finding(name, f"exactly one server should take writes; {nodes} do"),))
    primary = writable[0]
    secondary = next(portrait for portrait in portraits if portrait is not primary)
    wrong = {
        f"{secondary.node} does not follow {primary.node}": secondary.follows != server_ids[primary.node],
        f"{secondary.node} does not receive": not secondary.receiving,
        f"{secondary.node} does not apply": not secondary.applying,
        f"{secondary.node} admits customers": secondary.admits_customers,
        f"{primary.node} follows server {primary.follows}": primary.follows != 0,
        f"{primary.node} does not wait for its secondary": not primary.waits,
    }
    return Judgement(name, tuple(Finding(name, sentence) for sentence, true in wrong.items() if true))


def placed(nodes: tuple[Node, ...], zones: int) -> Judgement:
    """HA-8 and the placements of HA-5: one region, as many zones as were asked for, and never a rack that is shared."""
    name = "placed"
    seen = {"regions": {node.region for node in nodes}, "zones": {node.zone for node in nodes}}
    seen["racks"] = {node.rack for node in nodes}
    wanted = {"regions": 1, "zones": zones, "racks": len(nodes)}
    return Judgement(
        name,
        tuple(
            Finding(
                name, f"the servers stand in {len(places)} {kind}, not in {wanted[kind]}: {', '.join(sorted(places))}"
            )
            for kind, places in seen.items()
            if len(places) != wanted[kind]
        ),
        (Measure("zones with a server", len(seen["zones"]), "zones"),),
    )


def durable(portraits: tuple[Portrait, ...]) -> Judgement:
    """Every server flushes its log at each commit and waits at the lossless point (design decision 4)."""
    name = "durable"
    findings = [
        Finding(name, f"{each.node}: sync_binlog={each.sync_binlog}, innodb_flush_log_at_trx_commit={each.flush_log}")
        for each in portraits
        if (each.sync_binlog, each.flush_log) != (1, 1)
    ]
    findings += [
        Finding(name, f"{each.node} waits at {each.wait_point}")
        for each in portraits
        if each.waits and each.wait_point != "AFTER_SYNC"
    ]
    undecided = "" if portraits else "no server was looked at"
    return Judgement(name, tuple(findings), undecided=undecided)


def alone(running: tuple[str, ...], portrait: Portrait) -> Judgement:
    """The instance's server is the only one that runs anywhere in the topology, and follows nobody."""
    name = "alone"
    others = tuple(node for node in running if node != portrait.node)
    findings = [Finding(name, f"a second server runs on {node}") for node in others]
    if portrait.follows:
        findings.append(Finding(name, f"{portrait.node} follows server {portrait.follows}"))
    return Judgement(name, tuple(findings))


def roles_swapped(old: Node, new: Node, portraits: tuple[Portrait, ...], server_ids: Mapping[str, int]) -> Judgement:
    """SW-4: the old primary now follows the new one, and the two stand on different racks."""
    name = "roles swapped"
    seen = {portrait.node: portrait for portrait in portraits}
    wrong = {
        f"{new.name} does not take writes": not seen[new.name].writable,
        f"{old.name} still takes writes": seen[old.name].writable,
        f"{old.name} does not follow {new.name}": seen[old.name].follows != server_ids[new.name],
        f"both servers stand on rack {new.rack}": old.rack == new.rack,
    }
    return Judgement(name, tuple(Finding(name, sentence) for sentence, true in wrong.items() if true))


def read_only_follows(primary: Portrait, replicas: tuple[Portrait, ...], server_ids: Mapping[str, int]) -> Judgement:
    """SW-8: every read-only server follows the primary itself, receives, applies and takes no writes.

    Args:
        primary: the server that takes writes now.
        replicas: where read-only instances run.
        server_ids: of every node.
    """
    name = "read-only follows"
    findings = tuple(
        Finding(name, sentence)
        for each in replicas
        for sentence, true in {
            f"{each.node} follows server {each.follows}, not {primary.node}": each.follows != server_ids[primary.node],
            f"{each.node} does not receive": not each.receiving,
            f"{each.node} does not apply": not each.applying,
            f"{each.node} takes writes": each.writable,
        }.items()
        if true
    )
    return Judgement(name, findings, undecided="" if replicas else "there is no read-only instance to look at")
