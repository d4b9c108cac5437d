"""Rollback and its log, which a later version brings."""

from typing import NoReturn

from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.refusals import Code, Refusal
from hadrill.harness.reference.requests.console import Feature, console


def refuse(manager: Manager, instance: str, feature: Feature) -> NoReturn:
    """Say why there is none: it is a disaster-recovery instance, or the feature is not offered yet."""
    with console(manager, instance, feature):
        pass
    sentence = f"{feature} is not offered yet, on instance {instance} or any other; a later version brings it"
    raise Refusal(Code.NOT_OFFERED, sentence)
