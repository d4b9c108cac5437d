"""SW-6, SW-10, HA-8, HA-13: what must be refused is refused with a documented code and a sentence, and changes nothing.

Does not flag: the wording of the sentence, as long as it is one.
"""

from dataclasses import fields

from hadrill.harness.model.instance import Instance, Member
from hadrill.harness.model.portrait import Refusal
from hadrill.harness.model.verdict import Finding, Judgement, Measure

WORDS_IN_A_SENTENCE = 4


def refused(refusal: Refusal, code: str) -> Judgement:
    """The request was refused with this code and a sentence that a person can act on."""
    name = "refused"
    if not refusal.code:
        return Judgement(name, (Finding(name, f"{refusal.asked} was accepted"),))
    if refusal.code != code:
        sentence = f"{refusal.asked} was refused with {refusal.code}, not with {code}: {refusal.sentence}"
        return Judgement(name, (Finding(name, sentence),))
    if len(refusal.sentence.split()) < WORDS_IN_A_SENTENCE:
        return Judgement(
            name, (Finding(name, f"{refusal.asked} was refused without a sentence: {refusal.sentence!r}"),)
        )
    return Judgement(name, measures=(Measure(f"refused with {code}", 1, "requests"),))


def refused_during(answers: tuple[tuple[Refusal, str], ...]) -> Judgement:
    """SW-10: each of the requests made while a switch was under way was refused with the code beside it."""
    name = "refused during"
    judgements = [refused(refusal, code) for refusal, code in answers]
    findings = tuple(Finding(name, finding.sentence) for each in judgements for finding in each.findings)
    measure = Measure("requests refused", float(sum(not each.findings for each in judgements)), "requests")
    return Judgement(name, findings, (measure,), "" if answers else "nothing was asked for during the switch")


def accepted(answers: tuple[Refusal, ...]) -> Judgement:
    """SW-10: what was refused during a switch is accepted and carried out after it."""
    name = "accepted"
    findings = tuple(
        Finding(name, f"{answer.asked} was {came_of}: {answer.sentence}")
        for answer in answers
        for came_of in [f"refused with {answer.code}" if answer.code else "accepted and not carried out"]
        if answer.code or answer.sentence
    )
    measure = Measure("requests accepted", len(answers) - len(findings), "requests")
    return Judgement(name, findings, (measure,), "" if answers else "nothing was asked for after the switch")


def unchanged(before: Instance, after: Instance) -> Judgement:
    """The instance is what it was: id, address, creation time, members, state and all else that is told of it."""
    name = "unchanged"
    values = {field.name: (getattr(before, field.name), getattr(after, field.name)) for field in fields(before)}
    return Judgement(
        name,
        tuple(
            Finding(name, f"{before.id}: {what.replace('_', ' ')} was {_told(was)} and is {_told(now)}")
            for what, (was, now) in values.items()
            if was != now
        ),
    )


def _told(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(_told, value)) or "none"
    return f"{value.node} ({value.role})" if isinstance(value, Member) else str(value)
