"""What judges no time runs beside others; what judges one is alone from its first event to its last sentence."""

from hadrill.steps.binding.crew.order import Order


def test_those_that_judge_no_time_come_first() -> None:
    """All at once, and what judges a time waits until the last of them is taken down."""
    order = Order(beside=2, alone=1)
    assert [order.begin(), order.begin(), order.begin()] == [0, 1, None]
    order.ended(0)
    order.judged(1)
    assert order.begin() is None
    order.ended(1)
    assert (order.nothing_left, order.begin(), order.nothing_left) == (False, 2, True)


def test_those_beside_one_another_are_begun_from_both_ends() -> None:
    """What judges a time is not."""
    order = Order(beside=4, alone=2)
    assert [order.begin(), order.begin(at_the_end=True), order.begin(at_the_end=True), order.begin()] == [0, 3, 2, 1]
    for number in range(4):
        order.ended(number)
    assert order.begin(at_the_end=True) == 4


def test_the_next_one_is_set_up_while_the_last_is_taken_down() -> None:
    """It is begun when the one before has been judged, and never a third one with them."""
    order = Order(beside=0, alone=3)
    assert (order.begin(), order.begin()) == (0, None)
    order.judged(0)
    assert (order.begin(), order.begin()) == (1, None)
    order.ended(0)
    assert order.begin() is None
    order.ended(1)
    assert order.begin() == 2


def test_nothing_is_begun_any_more() -> None:
    """As pytest was told, after so many failures."""
    order = Order(beside=2, alone=2)
    order.begin()
    order.begin_no_more()
    assert (order.begin(), order.nothing_left) == (None, True)
