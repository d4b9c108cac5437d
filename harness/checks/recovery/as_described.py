"""DR-3, DR-9, DR-10, DR-12: which states a disaster-recovery instance goes through, how fast, and where it is listed.

Does not flag: states that passed between two looks.
"""

from hadrill.harness.model.verdict import Finding, Judgement, Measure, Objective


def went_through(what: str, seen: tuple[str, ...], wanted: tuple[str, ...]) -> Judgement:
    """Of the states that were seen, in order, each of those wanted is there in its place, and the last is the last.

    Args:
        what: went through them, in words.
        seen: in order of time, without repetitions.
        wanted: likewise; others may come between them.
    """
    name = "went through"
    rest = iter(seen)
    missing = [state for state in wanted if state not in rest]
    sentence = f"{what} should have gone through {', '.join(wanted)} and went through {', '.join(seen) or 'nothing'}"
    wrong = bool(missing) or seen[-1:] != wanted[-1:]
    return Judgement(name, (Finding(name, sentence),) if wrong else (), (Measure("states seen", len(seen), "states"),))


def listed(asked: str, found: tuple[str, ...], wanted: tuple[str, ...]) -> Judgement:
    """DR-12: a list holds what it should and nothing else.

    Args:
        asked: for what, in words.
        found, wanted: in any order.
    """
    name = "listed"
    sentences = [f"{asked}: {each} is missing" for each in wanted if each not in found]
    sentences += [f"{asked}: {each} does not belong there" for each in found if each not in wanted]
    undecided = "" if wanted else f"{asked}: nothing should be there, and so nothing is shown"
    return Judgement(
        name,
        tuple(Finding(name, sentence) for sentence in sentences),
        (Measure(asked, len(found), "entries"),),
        undecided,
    )


def in_time(what: str, took_s: float, objective: Objective) -> Judgement:
    """DR-3: what was asked for was done within the objective, seconds from the request."""
    name = "in time"
    measures = (Measure(f"until {what} was done", took_s, "s", objective=objective),)
    sentence = f"{what} took {took_s:.3f} s; allowed {objective.limit:g} s ({objective.name})"
    return Judgement(name, () if took_s <= objective.limit else (Finding(name, sentence),), measures)
