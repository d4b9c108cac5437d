"""What is asked for while a server falls silent, or just after a master was released: refused in a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hadrill.harness.engines.mysql.session import SqlError
from hadrill.harness.reference.records import OperationKind
from hadrill.harness.reference.refusals import Code
from hadrill.harness.reference.requests import promoting
from hadrill.harness.reference.tests.every_kind import every_kind
from hadrill.harness.reference.work import Work

QUESTIONS = 3
"""Of a synchronization: what the master is, which tables it has, whether the destination is empty."""

SAID = ({"Variable_name": "version", "Value": "9.7.0"}, {"Variable_name": "gtid_mode", "Value": "ON"})


class FallsSilent:
    """Servers that answer so many questions in all."""

    def __init__(self, questions: int) -> None:
        self._left = questions

    @contextmanager
    def server(self, _node: str) -> Iterator["FallsSilent"]:
        """A connection, in place of one of the manager's."""
        yield self

    def rows(self, statement: str) -> tuple[dict[str, str], ...]:
        """What a master says that can be followed, and an empty destination."""
        self._left -= 1
        if self._left < 0:
            raise SqlError(2013, "lost connection during query")
        return SAID if statement.startswith("SHOW") else ()


@pytest.mark.parametrize("answered", range(QUESTIONS + 1))
def test_a_synchronization_is_refused_whichever_question_gets_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answered: int
) -> None:
    """With nothing changed; it is accepted where all are answered."""
    servers, app = FallsSilent(answered), every_kind(tmp_path)
    monkeypatch.setattr(Work, "server", servers.server)
    before = app.memory()
    status, answer = app.ask("POST", "/instances/db-5/synchronizations", {"name": "nightly"})
    assert (status, answer.get("code")) == ((202, None) if answered == QUESTIONS else (409, Code.NOT_RUNNING))
    assert (before == app.memory()) == (answered < QUESTIONS)


def test_a_promotion_waits_in_vain_for_a_switch_back_whose_master_was_released(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody carries the switch back on here; a master without servers is one that does not answer."""
    monkeypatch.setattr(promoting, "BUSY_LIMIT_S", 0.1)
    app = every_kind(tmp_path)
    app.store.begin("db-8", OperationKind.SWITCH_BACK, "close", {})
    status, answer = app.ask("POST", "/instances/db-8/promotion", {"confirm": "db-8"})
    assert (status, answer["code"]) == (409, Code.BUSY)
