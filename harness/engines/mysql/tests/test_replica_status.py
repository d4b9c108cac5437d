"""What a replica says of itself."""

from hadrill.harness.engines.mysql.statements import received_and_executed


def test_who_follows_nobody_has_received_nothing() -> None:
    """MySQL shows no row then; it is no error of ours."""
    assert received_and_executed({}) == ("", "")
    assert received_and_executed({"Retrieved_Gtid_Set": "x:1-9", "Executed_Gtid_Set": "x:1-7"}) == ("x:1-9", "x:1-7")
