"""What a console offers: an SQL statement, parameters, the character set, the port, imports."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from hadrill.harness.engines.mysql.console import Cell
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.requests import importing, parameters, ports, rollback, sql
from hadrill.harness.reference.requests.console import Feature
from hadrill.harness.reference.routes.text import Text
from hadrill.harness.reference.routes.views import Begun

MIB = 1 << 20


class SqlRequest(BaseModel):
    """One statement."""

    model_config = ConfigDict(extra="forbid")

    statement: Annotated[Text, Field(min_length=1, max_length=MIB)]


class AnswerView(BaseModel):
    """The first rows of what a statement answered, and how many it changed; ``complete`` where no row was cut off."""

    columns: list[str]
    rows: list[list[Cell]]
    complete: bool
    affected: int


class ParametersRequest(BaseModel):
    """System variables by name."""

    model_config = ConfigDict(extra="forbid")

    settings: dict[Text, Text]


class ParametersBegun(Begun):
    """What was begun, and which of the settings wait for the next restart."""

    awaiting_restart: list[str]


class CharacterSetRequest(BaseModel):
    """As the server calls it, ``utf8mb4`` for one."""

    model_config = ConfigDict(extra="forbid")

    character_set: Text


class PortRequest(BaseModel):
    """One of the ports that are offered."""

    model_config = ConfigDict(extra="forbid")

    port: Annotated[int, Field(ge=1, le=65_535)]


class PortsView(BaseModel):
    """The ports that can be had at this moment."""

    offered: list[int]


class ImportRequest(BaseModel):
    """The text of SQL statements, as ``mysqldump`` writes them."""

    model_config = ConfigDict(extra="forbid")

    dump: Annotated[Text, Field(max_length=16 * MIB)]


def routes(manager: Manager) -> APIRouter:
    """The routes of this subject."""
    here = APIRouter(prefix="/instances/{instance}")

    @here.post("/sql")
    def run_sql(instance: str, request: SqlRequest) -> AnswerView:
        """Run one statement as the owner on the primary; at most 1000 rows and 1 MiB of them, within 4 seconds."""
        answer = sql.run_sql(manager, instance, request.statement)
        return AnswerView(
            columns=list(answer.columns),
            rows=[list(row) for row in answer.rows],
            complete=answer.complete,
            affected=answer.affected,
        )

    @here.patch("/parameters", status_code=202)
    def set_parameters(instance: str, request: ParametersRequest) -> ParametersBegun:
        """Begin to set system variables on every server; those that need a restart wait for the next one."""
        operation, awaiting = parameters.set_parameters(manager, instance, request.settings)
        return ParametersBegun(instance=instance, operation=operation, awaiting_restart=list(awaiting))

    @here.put("/character-set", status_code=202)
    def set_character_set(instance: str, request: CharacterSetRequest) -> Begun:
        """Begin to have databases use it that are created from now on, over connections that are opened from now on."""
        operation = parameters.set_character_set(manager, instance, request.character_set)
        return Begun(instance=instance, operation=operation)

    @here.get("/ports")
    def list_ports(instance: str) -> PortsView:
        """The ports that the address could move to."""
        return PortsView(offered=list(ports.offered_ports(manager, instance)))

    @here.put("/port", status_code=202)
    def change_port(instance: str, request: PortRequest) -> Begun:
        """Begin to move the address to another port; its clients are cut off."""
        return Begun(instance=instance, operation=ports.change_port(manager, instance, request.port))

    @here.post("/import", status_code=202)
    def import_dump(instance: str, request: ImportRequest) -> Begun:
        """Begin to run a dump's statements as the owner; the operation shows how far it is, and what failed."""
        return Begun(instance=instance, operation=importing.import_dump(manager, instance, request.dump))

    @here.post("/rollback")
    def roll_back(instance: str) -> None:
        """Not offered yet."""
        rollback.refuse(manager, instance, Feature.ROLLBACK)

    @here.get("/rollback-log")
    def show_rollback_log(instance: str) -> None:
        """Not offered yet."""
        rollback.refuse(manager, instance, Feature.ROLLBACK_LOG)

    return here
