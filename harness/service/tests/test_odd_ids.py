"""Every request about an instance, with odd ids: about that one, or none is sent."""

import inspect
from collections.abc import Callable
from typing import Final

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hadrill.harness.errors import HarnessTrouble, WrongCall
from hadrill.harness.model.instance import Account, Edition, Endpoint, MaintenancePeriod
from hadrill.harness.service.reference import ReferenceService
from hadrill.harness.service.reference_answers import ID
from hadrill.harness.service.tests.answered import NEW, ODD_IDS, SHOWN, Asked, plausible
from hadrill.harness.tests.steady import steady

Call = Callable[[ReferenceService, str], object]
S: Final = 0.0
"""Nobody waits."""

CALLS: Final[dict[str, Call]] = {
    "describe": lambda service, one: service.describe(one),
    "release": lambda service, one: service.release(one, timeout_s=S),
    "switch": lambda service, one: service.switch(one, timeout_s=S),
    "switch_in_period": lambda service, one: service.switch_in_period(one),
    "cancel_switch": lambda service, one: service.cancel_switch(one),
    "set_maintenance_period": lambda service, one: service.set_maintenance_period(one, MaintenancePeriod()),
    "create_read_only": lambda service, one: service.create_read_only(one, timeout_s=S),
    "change_specification": lambda service, one: service.change_specification(one, edition=Edition.BASIC, timeout_s=S),
    "restart": lambda service, one: service.restart(one, {}, timeout_s=S),
    "create_disaster_recovery": lambda service, one: service.create_disaster_recovery(one, "south", timeout_s=S),
    "begin_synchronization": lambda service, one: service.begin_synchronization(one, "all"),
    "synchronization_tasks": lambda service, one: service.synchronization_tasks(one),
    "synchronization_lag_s": lambda service, one: service.synchronization_lag_s(one),
    "promote": lambda service, one: service.promote(one, confirm=one, timeout_s=S),
    "verify": lambda service, one: service.verify(one, timeout_s=S),
    "switch_back": lambda service, one: service.switch_back(one, confirm=one, timeout_s=S),
    "monitoring": lambda service, one: service.monitoring(one),
    "slow_log": lambda service, one: service.slow_log(one),
    "await_protected": lambda service, one: service.await_protected(one, timeout_s=S),
    "accounts": lambda service, one: service.accounts(one),
    "run_sql": lambda service, one: service.run_sql(one, "SELECT 1"),
    "set_parameters": lambda service, one: service.set_parameters(one, {}),
    "set_character_set": lambda service, one: service.set_character_set(one, "utf8mb4"),
    "create_account": lambda service, one: service.create_account(one, "app"),
    "grant": lambda service, one: service.grant(one, "app", "%", "shop", writes=True),
    "reset_password": lambda service, one: service.reset_password(one, "app"),
    "delete_account": lambda service, one: service.delete_account(one, "app"),
    "change_port": lambda service, one: service.change_port(one, 14001),
    "import_dump": lambda service, one: service.import_dump(one, "", timeout_s=S),
    "roll_back": lambda service, one: service.roll_back(one),
    "rollback_log": lambda service, one: service.rollback_log(one),
}
ABOUT_NONE: Final = ("/v1/operations/", f"/v1/instances/{NEW}")
STEADY: Final = steady(60)


def test_every_request_about_an_instance_is_tried() -> None:
    """None is left out."""
    methods = inspect.getmembers(ReferenceService, inspect.isfunction)
    about_one = {
        name for name, method in methods if {"instance", "master"} & inspect.signature(method).parameters.keys()
    }
    assert CALLS.keys() == about_one


@pytest.mark.parametrize("name", CALLS)
def test_an_odd_id_reaches_no_other_instance(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked for is that one's; what could be another's, or more than an id, is a wrong call."""
    asked = Asked(plausible)
    asked.stand_in(monkeypatch)
    service = ReferenceService(Endpoint("127.0.0.1", 9), "token", Account("auditor", "secret"))

    @STEADY
    @given(ODD_IDS | st.from_regex(ID, fullmatch=True))
    def every(one: str) -> None:
        asked.paths.clear()
        refusal = None
        try:
            CALLS[name](service, one)
        except WrongCall as error:
            refusal = str(error)
        if refusal is not None:
            assert (asked.paths, "\n" in refusal) == ([], False)
            return
        paths = [path.partition(" ")[2] for path in asked.paths]
        of_it = [path for path in paths if not path.startswith(ABOUT_NONE)]
        assert of_it
        assert {path.split("/")[:4] == ["", "v1", "instances", one] for path in of_it} == {True}

    every()


def test_passwords_stay_out_of_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the list of accounts; nothing that the error came of and that quotes it hangs on it, to be shown."""
    asked = Asked(lambda _: httpx.Response(200, json=[*SHOWN["accounts"], {"user": "app", "password": ["hunter2"]}]))
    asked.stand_in(monkeypatch)
    service = ReferenceService(Endpoint("127.0.0.1", 9), "token", Account("auditor", "secret"))
    with pytest.raises(HarnessTrouble) as raised:
        service.accounts("db-1")
    cause = raised.value.__context__
    assert ("hunter2" in f"{raised.value} {cause!r}", cause and cause.__context__) == (False, None)
