"""How long something has lasted."""

from hadrill.harness.reference.stopwatch import Stopwatch


def test_what_does_not_last_is_at_its_beginning() -> None:
    """However long it had lasted before."""
    watch = Stopwatch()
    lasted_s = watch.lasted_s(lasts=True)
    assert watch.lasted_s(lasts=False) < watch.lasted_s(lasts=True)
    assert lasted_s >= 0


def test_what_is_another_one_begins_anew() -> None:
    """Another mark is another thing."""
    watch = Stopwatch()
    first_s = [watch.lasted_s(lasts=True, mark=1) for _ in range(1000)][-1]
    assert watch.lasted_s(lasts=True, mark=2) < first_s
    assert watch.lasted_s(lasts=True, mark=2) > 0
