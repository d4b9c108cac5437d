"""Sentences about a manager that dies in the middle of something."""

from pytest_bdd import given, then, when

from hadrill.harness.drill.drill import Drill


@given("its customer keeps rows that nobody else writes to")
def keep_rows(drill: Drill) -> None:
    """In a table of their own, at the master."""
    drill.manager_deaths.keep_rows()


@when("the manager dies while a disaster-recovery instance is delivered")
def amid_delivery(drill: Drill) -> None:
    """And is started again; returns when it is delivered."""
    drill.manager_deaths.amid_delivery()


@when("the manager dies while it is copied")
def amid_copy(drill: Drill) -> None:
    """And is started again; returns when it follows."""
    drill.manager_deaths.amid_copy()


@when("the manager dies while it is activated")
def amid_activation(drill: Drill) -> None:
    """And is started again; returns when that is done."""
    drill.manager_deaths.amid_activation()


@when("the manager dies while it takes its living master's place")
def amid_switch_back(drill: Drill) -> None:
    """And is started again; returns when that is done."""
    drill.manager_deaths.amid_switch_back()


@then("it has taken its master's place as a whole, with every row")
def judge_taken_over(drill: Drill) -> None:
    """As servers, service and customer see it."""
    drill.manager_deaths.judge_taken_over()


@then("its old master takes no writes")
def judge_master_closed(drill: Drill) -> None:
    """As its servers say."""
    drill.manager_deaths.judge_master_closed()
