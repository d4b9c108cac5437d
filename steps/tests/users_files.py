"""What a user's project holds: see the fixture ``users_project``."""

PYTEST_INI = """
[pytest]
addopts = --strict-markers
"""

WORDS = """
import pytest
from hadrill.harness.errors import HarnessTrouble, NotAddressed

ERRORS = {
    "all is well": None,
    "a promise is broken": AssertionError("two primaries were seen"),
    "an instrument fails": HarnessTrouble("Toxiproxy ended"),
    "a capability is lacking": NotAddressed("the service has no zones"),
    "money came from nowhere": AssertionError("100 are 101"),
    "a test is skipped": pytest.skip.Exception("not here"),
    "there is a bug": ZeroDivisionError("division by zero"),
}
"""

STEPS = """
import pytest
from pytest_bdd import parsers, then, when
from steps.words import ERRORS

@pytest.fixture
def bad_ending():
    yield
    raise RuntimeError("the heal failed")

@when("nothing is done")
def nothing():
    pass

@when("something is done that ends badly")
def ends_badly(bad_ending):
    pass

@then(parsers.parse("{what} for {secret}"))
def happens(what, secret):
    if ERRORS[what]:
        raise ERRORS[what]
"""

OWN_FEATURE = """
@ha
Feature: Words of our own
  @HA-4
  Rule: It fails over
    @smoke
    Scenario: A limit
      When nothing is done
      Then the objective "switch" allows at most 2 s
    Scenario Outline: It ends in its own way
      When nothing is done
      Then <what> for hunter2
      @nightly
      Examples:
        | what                    |
        | all is well             |
        | a promise is broken     |
        | an instrument fails     |
        | a capability is lacking |
        | there is a bug          |
    Scenario: It breaks afterwards
      When something is done that ends badly
      Then the objective "switch" allows at most 2 s
"""

NAMESAKE = """
Feature: A file of the same name
  Scenario: A limit
    When nothing is done
    Then the objective "switch" allows at most 2 s
"""

BOUND_FEATURE = """
Feature: Bound by a test module
  Scenario: Bound
    When nothing is done
    Then the objective "switch" allows at most 2 s
"""

BINDING_MODULE = """
from pytest_bdd import scenarios

scenarios("features/bound.feature")

def test_plain():
    assert True
"""
