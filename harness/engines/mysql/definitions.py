"""MySQL's statements for what it keeps as statements: routines, events and triggers."""

from typing import Final

ROUTINES: Final = (
    "SELECT routine_schema AS in_schema, routine_name AS name, routine_type AS kind FROM information_schema.routines "
    "WHERE routine_schema NOT IN ('mysql', 'sys', 'performance_schema', 'information_schema') ORDER BY 1, 2, 3"
)
EVENTS: Final = (
    "SELECT event_schema AS in_schema, event_name AS name, 'EVENT' AS kind FROM information_schema.events "
    "WHERE event_schema NOT IN ('mysql', 'sys', 'performance_schema', 'information_schema') ORDER BY 1, 2"
)
TRIGGERS: Final = (
    "SELECT trigger_schema AS in_schema, trigger_name AS name, 'TRIGGER' AS kind FROM information_schema.triggers "
    "WHERE CONCAT(event_object_schema, '.', event_object_table) = %s "
    "ORDER BY event_manipulation, action_timing, action_order"
)
"""Argument: ``schema.table``."""

STATEMENT_COLUMNS: Final = ("Create Procedure", "Create Function", "Create Event", "SQL Original Statement")
"""Where ``SHOW CREATE`` shows the statement, by kind."""

SESSION_COLUMNS: Final = ("sql_mode", "collation_connection", "time_zone")
SESSION: Final = (
    "SELECT @@sql_mode AS sql_mode, @@collation_connection AS collation_connection, @@time_zone AS time_zone"
)
SET_SESSION: Final = "SET SESSION sql_mode = %s, collation_connection = %s, time_zone = %s"
"""What a statement's meaning hangs on; its character set does not, since it is read and sent as text."""
