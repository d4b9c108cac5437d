"""Whether an instance can have a disaster-recovery instance (pure)."""

from typing import Final

from hadrill.harness.engines.version import at_least
from hadrill.harness.reference.decisions import Decisions
from hadrill.harness.reference.refusals import Code, Refusal

LOWEST: Final = "5.6"
RIGHT: Final = Decisions()


def require_link(master: str, version: str, gtid_mode: str, decisions: Decisions = RIGHT) -> None:
    """Raise Refusal where the master does not fulfil what a link needs.

    Args:
        master: its id.
        version: as its primary says.
        gtid_mode: likewise, at this moment.
        decisions: what is asked for.
    """
    if decisions.requires_version and not at_least(version, LOWEST):
        sentence = (
            f"instance {master} runs MySQL {version}; disaster recovery needs {LOWEST} or above: upgrade it first"
        )
        raise Refusal(Code.MASTER_TOO_OLD, sentence)
    if decisions.requires_gtid and gtid_mode.upper() != "ON":
        sentence = f"instance {master} runs with gtid_mode={gtid_mode}; disaster recovery needs it ON: turn it on first"
        raise Refusal(Code.MASTER_WITHOUT_GTID, sentence)
