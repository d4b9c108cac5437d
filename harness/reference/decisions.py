"""The decisions that make the reference service keep its promises; a sabotage changes exactly one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the manager has decided once and for all.

    Attributes:
        wait_for_secondary: commits wait for the secondary's acknowledgement (lossless semi-synchronous replication);
            False is plain asynchronous replication.
    """

    wait_for_secondary: bool = True
