"""What the manager is started with: one JSON file, readable by its owner alone, since it carries secrets."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from hadrill.harness.model.instance import Account, Endpoint
from hadrill.harness.model.inventory import Inventory
from hadrill.harness.reference.asked_decisions import AskedDecisions
from hadrill.harness.reference.decisions import Decisions


class Timing(BaseModel):
    """How patient the manager is; seconds.

    Attributes:
        look_every_s: pause between two looks at a server.
        answer_s: a look that takes longer has failed.
        silence_s: a primary silent for this long, and to the address too, is given up.
        secondary_silence_s: a secondary silent for this long is given up: writes go on without it.
        unacknowledged_s: a secondary that acknowledges nothing for this long, while commits wait, is given up too.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    look_every_s: float = 0.1
    answer_s: float = 0.3
    silence_s: float = 0.9
    secondary_silence_s: float = 1.5
    unacknowledged_s: float = 2.2


class Settings(BaseModel):
    """The whole of it.

    Attributes:
        listen: where the API is served; loopback or a private network.
        token: without it every call is refused.
        inventory: nodes, racks, links and where they are reached.
        rack_token: opens the rack hosts.
        state: the database file.
        service, replicator, auditor: accounts that every server gets at its first boot.
        change: a function of somebody who tries what is noticed, ``/folder/file.py:function``: called before anything
            is served; empty for none.
        asked: takes the name of each decision that is asked for, in lines; None to keep no record.
        crash_at: kill ourselves just before this step, ``operation.step``, or when it is done and that is on record
            nowhere, ``operation.step done``, once; for drills of the manager itself.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    listen: Endpoint
    token: str = Field(repr=False)
    inventory: Inventory
    rack_token: str = Field(repr=False)
    state: Path
    service: Account
    replicator: Account
    auditor: Account
    decisions: Decisions = Decisions()
    change: str = ""
    timing: Timing = Timing()
    crash_at: str = ""
    asked: Path | None = None


def read_settings(path: Path) -> Settings:
    """Read the file; pydantic's ValidationError names the field that is wrong, and quotes nothing."""
    settings = Settings.model_validate_json(path.read_bytes())
    if settings.asked is None:
        return settings
    return settings.model_copy(update={"decisions": AskedDecisions(settings.decisions, settings.asked)})
