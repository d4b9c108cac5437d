"""Setting system variables, and the character set of databases to come, while the instance runs."""

from typing import Final

from hadrill.harness.engines.mysql import statements as sql
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.operations.set_variables import variable_arguments
from hadrill.harness.reference.records import InstanceRecord, OperationKind
from hadrill.harness.reference.refusals import Code, Refusal
from hadrill.harness.reference.requests.console import Feature, asking, console, reaching, require_running
from hadrill.harness.reference.variables import ALLOWED, STATIC, refused_settings

READ_LIMIT_S: Final = 2.0

CHARACTER_SETS: Final = (
    "SELECT character_set_name AS name, default_collate_name AS collation FROM information_schema.character_sets"
)


def set_parameters(manager: Manager, instance: str, settings: dict[str, str]) -> tuple[int, tuple[str, ...]]:
    """Begin to set them on every server; the operation's id, and the names of those that wait for a restart."""
    with console(manager, instance, Feature.PARAMETERS) as record:
        if not settings:
            raise Refusal(Code.INVALID_REQUEST, f"no parameter of instance {instance} is named; name one at least")
        if wrong := refused_settings(settings):
            what = f"instance {instance} is not changed: {'; '.join(wrong)}"
            raise Refusal(Code.SETTING_NOT_ALLOWED, f"{what}; what can be set: {', '.join(ALLOWED)}")
        return _begin(manager, record, settings), tuple(sorted(settings.keys() & STATIC))


def set_character_set(manager: Manager, instance: str, character_set: str) -> int:
    """Begin to have databases that are created from now on use it, on connections to come; the operation's id."""
    with console(manager, instance, Feature.CHARACTER_SET) as record:
        known = {str(row["name"]): str(row["collation"]) for row in _rows(manager, record, CHARACTER_SETS)}
        if character_set not in known:
            sentence = f"instance {instance} knows no character set of that name; it knows {', '.join(sorted(known))}"
            raise Refusal(Code.UNKNOWN_CHARACTER_SET, sentence)
        settings = {"character_set_server": character_set, "collation_server": known[character_set]}
        return _begin(manager, record, settings)


def _begin(manager: Manager, record: InstanceRecord, settings: dict[str, str]) -> int:
    (shown,) = _rows(manager, record, sql.shown(settings))
    arguments = variable_arguments(settings, shown, record.settings)
    return manager.begin(record.id, OperationKind.SET_VARIABLES, arguments)


def _rows(manager: Manager, record: InstanceRecord, statement: str) -> tuple[dict[str, object], ...]:
    """What the primary answers to a question of our own."""
    require_running(record)
    with reaching(record):
        session = manager.work.connect(record.primary, READ_LIMIT_S)
    with session, asking(record, "a question of the service's own"):
        return tuple(dict(row) for row in session.rows(statement))
