"""A dump is run statement by statement on a real pair: with progress, a report, and an end in any case."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from hadrill.harness.engines.mysql.session import Session
from hadrill.harness.errors import ServiceRefused
from hadrill.harness.reference.refusals import Code
from hadrill.harness.reference.tests.pair import LIMIT_S, Pair, api
from hadrill.harness.wait import NotYet, until

pytestmark = pytest.mark.e2e

DUMP = """
-- a dump as mysqldump writes it; with a comment
/*!40101 SET NAMES utf8mb4 */;
CREATE DATABASE shop;
USE shop;
CREATE TABLE `odd;name` (id INT PRIMARY KEY, words TEXT, bytes BLOB);
LOCK TABLES `odd;name` WRITE;
INSERT INTO `odd;name` VALUES (1, 'it''s; \\'so\\'', 0x00ff), (2, '\U0001f40b -- no comment', NULL);
INSERT INTO `odd;name` VALUES (1, 'twice', NULL);
SELECT * FROM `odd;name`;
UNLOCK TABLES;
SELECT * FROM nowhere;
DELIMITER ;;
CREATE TRIGGER t BEFORE INSERT ON `odd;name` FOR EACH ROW BEGIN SET NEW.words = 'by; trigger'; SET @x = 1; END ;;
DELIMITER ;
INSERT INTO `odd;name` VALUES (3, '', NULL);
SET GLOBAL super_read_only = OFF;
"""

SLOW = "DO SLEEP(0.2);\n"


@pytest.fixture
def clean(pair: Pair) -> Iterator[Pair]:
    """A pair without what the dump makes."""
    yield pair
    pair.await_rest()
    with Session(pair.now.address, pair.owner, answer_s=5) as client:
        client.run("DROP DATABASE IF EXISTS shop")


def begin(pair: Pair, dump: str) -> int:
    """Begin an import; its operation."""
    with api(pair.stage) as client:
        return int(client.post(f"/v1/instances/{pair.id}/import", json={"dump": dump}).json()["operation"])


def await_done(pair: Pair, operation: int, least: int) -> tuple[str, int, str]:
    """Wait until so many statements were run; status, how many, and the reason."""

    def there() -> tuple[str, int, str] | NotYet:
        with api(pair.stage) as client:
            shown = client.get(f"/v1/operations/{operation}").json()
        far = shown["done"] >= least or shown["status"] != "running"
        return (shown["status"], shown["done"], shown["reason"]) if far else NotYet(str(shown))

    return until(there, f"{least} statements to be run", timeout_s=LIMIT_S)


def test_a_dump_is_run_and_what_failed_is_named(clean: Pair) -> None:
    """With the number of the statement and MySQL's own sentence; the rest is run all the same, on both servers.

    A trigger is one statement, whatever is in it, and acts on what follows it.
    """
    failed = clean.stage.service.import_dump(clean.id, DUMP, timeout_s=LIMIT_S)
    assert [sentence.split(" ")[:3] for sentence in failed] == [
        ["statement", "7:", "1062"],
        ["statement", "10:", "1146"],
        ["statement", "13:", "1227"],
    ]
    clean.await_whole(frozenset())
    for member in clean.now.members:
        with clean.direct(member.node) as server:
            rows = server.rows("SELECT words, bytes FROM shop.`odd;name` ORDER BY id")
        assert [row["words"] for row in rows] == ["it's; 'so'", "\U0001f40b -- no comment", "by; trigger"]
        assert rows[0]["bytes"] == b"\x00\xff"


def test_progress_is_seen_and_other_requests_wait(clean: Pair) -> None:
    """Clients go on meanwhile."""
    with clean.writing() as writer:
        with Session(clean.now.address, clean.owner, answer_s=5) as holder:
            assert holder.row("SELECT GET_LOCK('import', 0) AS got")["got"] == 1
            operation = begin(clean, SLOW * 4 + "DO GET_LOCK('import', 60);\n" + SLOW)
            status, done, _ = await_done(clean, operation, 2)
            assert (status, 2 <= done < 6) == ("running", True)
            for verb, path in (("POST", "/switch"), ("DELETE", ""), ("POST", "/restart")):
                assert clean.ask(verb, path, {} if path == "/restart" else None) == (409, Code.BUSY)
            assert clean.ask("POST", "/import", {"dump": "SELECT 1"}) == (409, Code.BUSY)
        assert await_done(clean, operation, 6)[1] == 6
        writer.await_acknowledged(3, LIMIT_S)
        assert writer.failures == 0
    clean.await_whole(writer.acknowledged)


def test_a_failover_is_not_held_up_by_an_import(clean: Pair) -> None:
    """The import ends as undone, and says at which statement; what comes after that one is not run."""
    operation, lost = begin(clean, SLOW * 10 + "DO SLEEP(30);\nCREATE DATABASE shop;"), clean.primary
    await_done(clean, operation, 2)
    with clean.writing() as writer:
        clean.stage.site.nodes.kill(lost)
        status, done, reason = await_done(clean, operation, 12)
        writer.await_acknowledged(writer_count := 3, LIMIT_S)
        clean.stage.site.nodes.release(lost)
    assert (status, 2 <= done < 12, writer_count) == ("undone", True, 3)
    assert f"statement {done + 1} of 12 got no answer" in reason
    clean.await_whole(writer.acknowledged)
    with clean.direct(clean.primary) as server:
        assert server.rows("SHOW DATABASES LIKE 'shop'") == ()


def test_an_import_ends_with_its_manager(clean: Pair) -> None:
    """The next one runs none of the rest, says how far it came, and takes other requests."""
    operation = begin(clean, SLOW * 10 + "DO SLEEP(30);\nCREATE DATABASE shop;")
    await_done(clean, operation, 3)
    clean.kill_manager()
    clean.stage.start_manager()
    status, done, reason = await_done(clean, operation, 12)
    assert (status, 3 <= done < 12) == ("undone", True)
    assert f"the manager ended meanwhile; {done} or more of 12 statements were run, and the rest was not" in reason
    clean.stage.service.import_dump(clean.id, "SELECT 1", timeout_s=LIMIT_S)
    with clean.direct(clean.primary) as server:
        assert server.rows("SHOW DATABASES LIKE 'shop'") == ()
    clean.await_whole(frozenset())


def test_a_hundred_failures_are_named_and_the_others_counted(clean: Pair) -> None:
    """The report has an end."""
    failed = clean.stage.service.import_dump(clean.id, "SELEC 1;" * 103, timeout_s=LIMIT_S)
    assert (len(failed), failed[-1]) == (101, "and 3 other statements")


@pytest.mark.parametrize("dump", ["", ";;", "-- nothing"])
def test_a_dump_without_a_statement_is_refused(pair: Pair, dump: str) -> None:
    """Nothing is begun."""
    with pytest.raises(ServiceRefused, match=Code.INVALID_REQUEST):
        pair.stage.service.import_dump(pair.id, dump, timeout_s=LIMIT_S)


def test_no_statement_is_kept_or_told(clean: Pair) -> None:
    """A dump may hold secrets: the manager's memory, events and log have none of them."""
    secret = "s3cret-of-a-dump"
    clean.stage.service.import_dump(clean.id, f"SELECT '{secret}'; SET @p = '{secret}';", timeout_s=LIMIT_S)
    clean.stage.service.run_sql(clean.id, f"SELECT '{secret}'")
    with closing(sqlite3.connect(clean.stage.site.work / "manager.db")) as db:
        assert secret not in "".join(db.iterdump())
    logs = [path for path in clean.stage.site.work.rglob("*manager*") if path.is_file() and path.suffix != ".db"]
    assert logs
    assert [path.name for path in logs if secret.encode() in path.read_bytes()] == []
