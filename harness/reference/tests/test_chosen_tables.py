"""A synchronization of chosen tables on real servers: they come with their triggers, and the link outlives the rest."""

from collections.abc import Iterator

import pytest

from hadrill.environments.embedded.site import Parts
from hadrill.harness.engines.mysql.session import Session
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair
from hadrill.harness.reference.tests.recovery import new_recovery, pair_in_two_regions
from hadrill.harness.reference.tests.writer import INSERT

pytestmark = pytest.mark.e2e

OF_OTHERS = (
    "CREATE TABLE drill.third (id INT PRIMARY KEY)",
    "RENAME TABLE drill.third TO drill.fourth",
    "CREATE TRIGGER drill.of_other BEFORE INSERT ON drill.other FOR EACH ROW SET @a = 1",
    "TRUNCATE drill.other",
    "CREATE DATABASE elsewhere",
    "CREATE TABLE elsewhere.one AS SELECT * FROM drill.written LIMIT 1",
    "CREATE VIEW drill.seen AS SELECT * FROM drill.other",
    "DROP DATABASE elsewhere",
    "DROP TABLE drill.other, drill.fourth",
    "DROP VIEW drill.seen",
    "CREATE USER somebody IDENTIFIED BY 'somebody'",
    "GRANT SELECT ON drill.* TO somebody",
    "GRANT SELECT ON drill.written TO somebody",
    "DROP USER somebody",
)
STORED_BEFORE = (
    "CREATE PROCEDURE drill.routine() SELECT * FROM drill.other",
    "CREATE PROCEDURE drill.dropped() SELECT 1",
    "CREATE EVENT drill.event ON SCHEDULE EVERY 1 DAY DO SET @a = 1",
    "CREATE VIEW drill.view AS SELECT 1",
    "CREATE USER before_it IDENTIFIED BY 'before'",
    "CREATE ROLE a_role",
    "GRANT a_role TO before_it",
    "GRANT SELECT ON drill.written TO before_it",
    "GRANT SELECT ON drill.other TO before_it",
    "GRANT EXECUTE ON PROCEDURE drill.routine TO before_it",
)
"""Of what is there before the copy."""

STORED_LATER = (
    "DROP PROCEDURE drill.dropped",
    "ALTER EVENT drill.event COMMENT 'changed'",
    "CREATE DATABASE newer",
    "CREATE PROCEDURE newer.routine() SELECT 1",
)
"""What a link of chosen tables brings though none of it is of a table: it goes on all the same."""

TRIGGERS = (
    "CREATE TRIGGER drill.second BEFORE INSERT ON drill.written FOR EACH ROW SET NEW.id = NEW.id + 0",
    "CREATE TRIGGER drill.first BEFORE INSERT ON drill.written FOR EACH ROW PRECEDES second SET @a = 'ü'",
    "CREATE TRIGGER drill.dropped AFTER DELETE ON drill.written FOR EACH ROW SET @a = 2",
)
LATER_TRIGGER = "CREATE TRIGGER drill.later AFTER UPDATE ON drill.written FOR EACH ROW SET @a = 3"
RIGHTS_ON_TABLES = "SELECT Table_name FROM mysql.tables_priv WHERE User = 'before_it'"
TRIGGERS_THERE = (
    "SELECT CONCAT(trigger_name, action_order) AS trigger_there FROM information_schema.triggers "
    "WHERE trigger_schema = 'drill' ORDER BY 1"
)
OF_THE_CHOSEN = (
    "ALTER TABLE drill.written ADD COLUMN more INT DEFAULT 7",
    "UPDATE drill.written SET more = 8 WHERE id < 3",
    "ALTER TABLE drill.written MODIFY more INT INVISIBLE DEFAULT 7",
)
OF_EVERY_DEFAULT = (
    "CREATE TABLE drill.filled (id BINARY(16) DEFAULT (UUID_TO_BIN(UUID())) PRIMARY KEY, note INT INVISIBLE DEFAULT 3)",
    "ALTER TABLE drill.filled ADD made TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP(6)",
    "INSERT INTO drill.filled () VALUES (), (), ()",
    "CREATE TABLE drill.reckoned (n INT, twice INT AS (2 * n) STORED PRIMARY KEY, seen INT AS (n + 1) INVISIBLE)",
    "INSERT INTO drill.reckoned (n) VALUES (1), (2), (3)",
)
"""Values that a copy must not make anew, and values that it must."""

FILLED = "SELECT HEX(id) AS id, made, note FROM drill.filled ORDER BY 1"
RECKONED = "SELECT n, twice, seen FROM drill.reckoned ORDER BY 1"


@pytest.fixture(scope="module")
def pair(parts: Parts) -> Iterator[Pair]:
    """A pair that a module's tests share; each leaves it whole."""
    with pair_in_two_regions(parts) as pair:
        yield pair


def triggers_on(server: Session) -> list[str]:
    """Names, each with its place in the order."""
    return [str(row["trigger_there"]) for row in server.rows(TRIGGERS_THERE)]


def test_only_chosen_tables_arrive(pair: Pair) -> None:
    """Neither the copy nor what is written later brings another one, and both servers hold the same."""
    with pair.direct(pair.primary, pair.service_account()) as server:
        server.run("CREATE TABLE drill.other (id INT PRIMARY KEY)", "INSERT INTO drill.other VALUES (1)")
    with new_recovery(pair) as recovery:
        with pair.writing() as writer:
            recovery.synchronize(("drill.written",))
            with pair.direct(pair.primary, pair.service_account()) as server:
                server.run("INSERT INTO drill.other VALUES (2)", *OF_OTHERS, *OF_THE_CHOSEN)
            writer.await_acknowledged(3, LIMIT_S)
        lost = recovery.front
        pair.stage.site.nodes.kill(lost)
        recovery.await_event("taken-over")
        pair.stage.site.nodes.release(lost)
        recovery.await_whole()
        recovery.await_alike()
        for member in recovery.now.members:
            with pair.direct(member.node) as server:
                assert [*server.rows("SHOW TABLES IN drill")] == [{"Tables_in_drill": "written"}]
                assert len(server.rows("SHOW COLUMNS IN drill.written")) == 2
        found = pair.stage.service.verify(recovery.id, timeout_s=LIMIT_S)
        assert (found.tables, found.differences) == (1, ())


def test_what_is_stored_with_chosen_tables_arrives(pair: Pair) -> None:
    """Their triggers, made by a customer, in their order; what changes routines and events does not stop the link."""
    with pair.direct(pair.primary, pair.service_account()) as server, pair.direct(pair.primary, pair.owner) as owner:
        server.run("CREATE TABLE IF NOT EXISTS drill.other (id INT PRIMARY KEY)", *STORED_BEFORE)
        owner.run(*TRIGGERS)
        with new_recovery(pair) as recovery:
            with pair.writing() as writer:
                recovery.synchronize(("drill.written",))
                assert "later do not arrive" in recovery.task.notice
                owner.run("DROP TRIGGER drill.dropped", LATER_TRIGGER)
                server.run(*STORED_LATER, "CREATE USER later IDENTIFIED BY 'later'")
                writer.await_acknowledged(3, LIMIT_S)
            recovery.await_alike()
            for node in (member.node for member in recovery.now.members):
                with pair.direct(node, pair.service_account()) as there:
                    assert triggers_on(there) == ["first1", "later1", "second2"]
                    assert there.rows("SHOW FULL TABLES IN drill WHERE Table_type = 'VIEW'") == ()
                    assert [row["Status"] for row in there.rows("SHOW EVENTS IN drill")] == ["REPLICA_SIDE_DISABLED"]
                    assert there.rows("SELECT user FROM mysql.user WHERE user = 'later'") == ()
                    assert [row["Table_name"] for row in there.rows(RIGHTS_ON_TABLES)] == ["written"]
            service = pair.stage.service
            service.promote(recovery.id, confirm=recovery.id, accept_divergence=pair.id, timeout_s=LIMIT_S)
            with recovery.connect() as promoted:
                promoted.rows(INSERT, (-3,))
        server.run("DROP DATABASE newer", "DROP USER later, before_it", "DROP ROLE a_role", "DROP VIEW drill.view")
        server.run("DROP PROCEDURE drill.routine", "DROP EVENT drill.event", "DROP TABLE drill.other")
        server.run(*(f"DROP TRIGGER drill.{name}" for name in ("first", "second", "later")))


def test_values_that_servers_make_themselves_arrive_as_they_are(pair: Pair) -> None:
    """Such as were made by default are copied; generated ones are not, not even as a key; a changed one is found."""
    with pair.direct(pair.primary, pair.service_account()) as server:
        server.run(*OF_EVERY_DEFAULT)
        with new_recovery(pair) as recovery:
            recovery.synchronize(("drill.filled", "drill.reckoned"))
            with pair.direct(recovery.front, pair.service_account()) as there:
                assert there.rows(FILLED) == server.rows(FILLED)
                assert there.rows(RECKONED) == server.rows(RECKONED)
                there.run("SET GLOBAL super_read_only = OFF", "SET SESSION sql_log_bin = OFF")
                there.run("UPDATE drill.filled SET made = '2020-01-01' LIMIT 1")
            found = pair.stage.service.verify(recovery.id, timeout_s=LIMIT_S)
            assert [difference.table for difference in found.differences] == ["drill.filled"]
        server.run("DROP TABLE drill.filled, drill.reckoned")
