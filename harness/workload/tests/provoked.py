"""How each error that the ledger classifies is provoked on a real server."""

from collections.abc import Mapping
from typing import Final

from hadrill.harness.model.instance import Account
from hadrill.harness.workload.tests.bare_server import OWNER, READER
from hadrill.harness.workload.tests.provoking import (
    LOCAL,
    Garbled,
    Provoke,
    around,
    asked,
    beside_the_only_one,
    connected,
    deadlock,
    full_table,
    idle_for_too_long,
    in_a_group,
    in_a_storage_engine_that_only_reads,
    killed,
    logins,
    on_an_open_connection,
    out_of_step,
    shut_down,
    while_waiting,
    with_setting,
)
from hadrill.harness.workload.tests.talk import INSERT

PROVOKED: Final[Mapping[int, Provoke]] = {
    # refuses the statement
    0: on_an_open_connection(killed, times=2),
    1036: in_a_storage_engine_that_only_reads("TRUNCATE d.t"),
    1044: asked("INSERT INTO information_schema.tables VALUES (1)"),
    1046: asked("INSERT INTO t VALUES (1)"),
    1049: asked("INSERT INTO gone.t VALUES (1)"),
    1114: with_setting("max_heap_table_size", "16384", full_table),
    1142: asked(INSERT, account=READER),
    1143: around(
        f"GRANT INSERT (id) ON d.t TO reader{LOCAL}",
        asked("INSERT INTO d.t (id, body) VALUES (1, 'x')", account=READER),
        f"REVOKE INSERT (id) ON d.t FROM reader{LOCAL}",
    ),
    1146: asked("INSERT INTO d.gone VALUES (1)"),
    1205: with_setting("innodb_lock_wait_timeout", "3", while_waiting(lambda *_: None)),
    1213: deadlock,
    1223: asked("FLUSH TABLES WITH READ LOCK", INSERT),
    1226: around(
        f"ALTER USER reader{LOCAL} WITH MAX_UPDATES_PER_HOUR 1",
        asked(INSERT, INSERT, account=READER),
        f"ALTER USER reader{LOCAL} WITH MAX_UPDATES_PER_HOUR 0",
    ),
    1227: asked("SET GLOBAL sync_binlog = 0"),
    1290: with_setting("read_only", "ON", asked(INSERT)),
    1792: asked("SET SESSION TRANSACTION READ ONLY", INSERT),
    1836: in_a_storage_engine_that_only_reads("CREATE TABLE d.u (id INT PRIMARY KEY)"),
    3098: in_a_group("INSERT INTO d.m VALUES (1)"),
    3989: around("ALTER SCHEMA d READ ONLY = 1", asked(INSERT), "ALTER SCHEMA d READ ONLY = 0"),
    # leaves it open
    1053: shut_down,
    1317: while_waiting(lambda server, talk: server.run(f"KILL QUERY {talk.id}")),
    2006: on_an_open_connection(lambda _, talk: talk.conversation.cut()),
    2013: on_an_open_connection(killed),
    2014: out_of_step,
    3100: in_a_group("INSERT INTO d.t VALUES (1, REPEAT('x', 5000))"),
    # closes the door
    1040: with_setting("max_connections", "1", beside_the_only_one),
    1043: connected(Garbled),
    1045: logins(Account("owner", "wrong")),
    1130: connected(bind_address="127.0.0.2"),
    1203: with_setting("max_user_connections", "1", beside_the_only_one),
    1698: around(
        f"CREATE USER by_socket{LOCAL} IDENTIFIED WITH auth_socket",
        logins(Account("by_socket", "x")),
        f"DROP USER by_socket{LOCAL}",
    ),
    2003: connected(port=1),
    3032: with_setting("offline_mode", "ON", logins(OWNER)),
    3118: around(
        f"CREATE USER locked{LOCAL} IDENTIFIED BY 'x' ACCOUNT LOCK",
        logins(Account("locked", "x")),
        f"DROP USER locked{LOCAL}",
    ),
    3159: with_setting("require_secure_transport", "ON", logins(OWNER)),
    3955: around(
        f"CREATE USER shut{LOCAL} IDENTIFIED BY 'x' FAILED_LOGIN_ATTEMPTS 1 PASSWORD_LOCK_TIME 1",
        logins(*[Account("shut", "wrong")] * 2),
        f"DROP USER shut{LOCAL}",
    ),
}

TOLD_OTHERWISE: Final[Mapping[int, Provoke]] = {
    3169: on_an_open_connection(killed),
    4031: on_an_open_connection(idle_for_too_long),
}
"""Sent unasked when the server ends a session; the driver tells it as 2013."""
