"""What the service describes, before and after."""

from hadrill.harness.checks.described import no_other_instance, same_address
from hadrill.harness.model.instance import Endpoint
from hadrill.harness.model.verdict import Finding, Measure


def test_an_instance_that_nobody_asked_for_is_named() -> None:
    """Each is a finding, and counted."""
    judgement = no_other_instance(("db-2",))
    assert judgement.findings == (Finding("no other instance", "there is an instance db-2"),)
    assert judgement.measures == (Measure("other instances afterwards", 1, "instances"),)
    assert no_other_instance(()).findings == ()


def test_an_address_that_changed_is_told_with_what_it_was() -> None:
    """Host and port alike."""
    before, now = Endpoint("127.0.0.1", 3306), Endpoint("127.0.0.1", 3307)
    sentence = "the address was 127.0.0.1:3306 and is 127.0.0.1:3307"
    assert same_address(before, now).findings == (Finding("same address", sentence),)
    assert same_address(before, before).findings == ()
