"""DR-8, DR-11, DR-15, DR-16: what the servers of a disaster-recovery instance say for themselves, to the judge.

Does not flag: what the judge was not given to compare.
"""

from collections.abc import Mapping

from hadrill.harness.model.portrait import Portrait
from hadrill.harness.model.verdict import Finding, Judgement, Measure


def only_chosen(node: str, there: tuple[str, ...], chosen: tuple[str, ...], left_out: tuple[str, ...]) -> Judgement:
    """DR-11: of the master's tables the chosen ones are there, and no others.

    Args:
        node: whose server was looked at.
        there: ``schema.table`` of each of its customers' tables.
        chosen: those of the task.
        left_out: tables of the master that are not in the task; without any, nothing is shown.
    """
    name = "only chosen"
    sentences = [f"{node} lacks {table}, which was chosen" for table in chosen if table not in there]
    sentences += [f"{node} has {table}, which was not chosen" for table in there if table not in chosen]
    doubt = "" if left_out else "the master has no table beside the chosen ones"
    measures = (Measure("tables left out", len(left_out), "tables"),)
    return Judgement(name, tuple(Finding(name, sentence) for sentence in sentences), measures, doubt)


def link_gone(portraits: tuple[Portrait, ...], masters: tuple[int, ...], routes: tuple[str, ...]) -> Judgement:
    """DR-15, DR-16: no server of a promoted instance follows one of its old master, nor is told to.

    A server that was started again and has not reached its source yet does not know which one it is, but where.

    Args:
        portraits: of the promoted instance's servers.
        masters: server ids of the old master's.
        routes: ``host:port`` of all that leads to those.
    """
    name = "link gone"
    findings = tuple(
        Finding(name, f"{each.node} follows server {each.follows} of its old master")
        if each.follows in masters
        else Finding(name, f"{each.node} is told to follow {each.source}, which leads to its old master")
        for each in portraits
        if each.follows in masters or each.source in routes
    )
    return Judgement(name, findings, undecided="" if portraits and masters else "no server was looked at")


def as_seen(what: str, wanted: Mapping[str, str], seen: Mapping[str, str]) -> Judgement:
    """What is seen on servers or at the address is what should be there, value by value.

    Args:
        what: of which these are the values, in words.
        wanted, seen: by name.
    """
    name = "as seen"
    findings = tuple(
        Finding(name, f"{what}: {key} should be {value} and is {seen.get(key, 'missing')}")
        for key, value in wanted.items()
        if seen.get(key) != value
    )
    measures = (Measure("values compared", len(wanted), "values"),)
    return Judgement(name, findings, measures, "" if wanted else f"{what}: there was nothing to compare")
