"""Sets of transactions: MySQL's text, arithmetic against a naive set, and what no server but the primary may hold."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hadrill.harness.checks.errant_transactions import errant_transactions
from hadrill.harness.checks.gtid_set import GtidSet
from hadrill.harness.checks.tests.histories import history
from hadrill.harness.model.history import ServerState
from hadrill.harness.model.verdict import Finding, Verdict

ONE = "3e11fa47-71ca-11e1-9e33-c80aa9429562"
TWO = "3e11fa47-71ca-11e1-9e33-c80aa9429563"

Naive = dict[str, set[int]]


def naive(sets: GtidSet) -> Naive:
    """Every transaction by itself."""
    return {
        source: {number for first, last in intervals for number in range(first, last + 1)}
        for source, intervals in sets.intervals.items()
    }


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, Naive]:
    """A set as a server or a person may write it, and what it means."""
    meaning: Naive = {}
    parts = []
    for uuid in draw(st.lists(st.sampled_from((ONE, TWO)), max_size=3)):
        words, source = [draw(st.sampled_from((uuid, uuid.upper())))], uuid
        for tag in draw(st.lists(st.sampled_from(("", "backup", "_x1")), min_size=1, max_size=3)):
            if tag:
                words, source = [*words, tag], f"{uuid}:{tag}"
            for first, length in draw(
                st.lists(st.tuples(st.integers(1, 30), st.integers(-1, 8)), min_size=1, max_size=4)
            ):
                words.append(str(first) if length == 0 else f"{first}-{first + length}")
                meaning.setdefault(source, set()).update(range(first, first + length + 1))
        parts.append(":".join(words))
    return draw(st.sampled_from((",", ",\n", " , "))).join(parts), {
        name: all_ for name, all_ in meaning.items() if all_
    }


@given(texts())
def test_a_set_means_what_its_text_says(case: tuple[str, Naive]) -> None:
    """Line breaks, upper case, tags, intervals in any order, empty and overlapping ones."""
    text, meaning = case

    assert naive(GtidSet.parse(text)) == meaning
    assert GtidSet.parse(text).count == sum(len(numbers) for numbers in meaning.values())


@given(texts())
def test_a_set_that_is_written_reads_the_same(case: tuple[str, Naive]) -> None:
    """Intervals are ascending and do not touch."""
    parsed = GtidSet.parse(case[0])

    assert GtidSet.parse(str(parsed)) == parsed
    for intervals in parsed.intervals.values():
        assert all(one[1] + 1 < other[0] for one, other in pairwise(intervals))


@given(texts(), texts())
def test_a_difference_is_what_sets_say_it_is(one: tuple[str, Naive], other: tuple[str, Naive]) -> None:
    """Source by source, a tag being a source of its own."""
    expected = {source: numbers - other[1].get(source, set()) for source, numbers in one[1].items()}

    found = naive(GtidSet.parse(one[0]) - GtidSet.parse(other[0]))
    assert found == {source: numbers for source, numbers in expected.items() if numbers}


def test_a_servers_own_words_are_read() -> None:
    """As MySQL 9.7 prints them, over several lines."""
    parsed = GtidSet.parse(f"{ONE}:1-5:7:backup:1-3,\n{TWO}:1-77")

    assert parsed.intervals == {ONE: ((1, 5), (7, 7)), f"{ONE}:backup": ((1, 3),), TWO: ((1, 77),)}
    assert str(parsed) == f"{ONE}:1-5:7,{ONE}:backup:1-3,{TWO}:1-77"
    assert GtidSet.parse("").count == 0


@pytest.mark.parametrize(
    "text", ["0-1-100", f"{ONE}", f"{ONE}:", f"{ONE}:0-5", f"{ONE}:-5", f"{ONE}:1-2-3", f"{ONE}x:1", f"{ONE}:1;{TWO}:1"]
)
def test_what_is_no_set_is_told(text: str) -> None:
    """With the part that is not."""
    with pytest.raises(ValueError, match="GTID set"):
        GtidSet.parse(text)


def at_rest(*executed: str) -> tuple[ServerState, ...]:
    """Of a1, the primary, b1 and c1."""
    return tuple(ServerState(node, text) for node, text in zip(("a1", "b1", "c1"), executed, strict=False))


def test_replicas_that_hold_what_the_primary_holds_pass() -> None:
    """Those that lack something are not errant; what they lack is counted."""
    judgement = errant_transactions(
        history(servers=at_rest(f"{ONE}:1-9,{TWO}:1-4", f"{ONE}:1-9,\n{TWO}:1-4", f"{ONE}:1-7"))
    )

    assert judgement.verdict is Verdict.PASS
    assert [measure.value for measure in judgement.measures] == [0.0, 6.0]


def test_a_transaction_that_the_primary_lacks_is_a_finding() -> None:
    """By source and interval, for each server."""
    judgement = errant_transactions(history(servers=at_rest(f"{ONE}:1-9", f"{ONE}:1-11", f"{ONE}:1-9,{TWO}:3")))

    assert judgement.findings == (
        Finding("errant transactions", f"b1 executed 2 transactions that a1 did not: {ONE}:10-11"),
        Finding("errant transactions", f"c1 executed 1 transaction that a1 did not: {TWO}:3"),
    )
    assert judgement.measures[0].value == 3.0


@pytest.mark.parametrize(
    ("executed", "doubt"),
    [
        ((), "no primary with a replica was asked what it executed"),
        ((f"{ONE}:1",), "no primary with a replica was asked what it executed"),
        ((f"{ONE}:1", "0-1-100"), "'0-1-100' in a GTID set is no UUID with its transactions"),
        (("", ""), "a1 had executed no transaction"),
    ],
)
def test_servers_that_told_nothing_leave_no_verdict(executed: tuple[str, ...], doubt: str) -> None:
    """Empty sets are contained in each other, and say nothing."""
    judgement = errant_transactions(history(servers=at_rest(*executed)))

    assert judgement.undecided == doubt
    assert judgement.verdict is Verdict.NO_VERDICT
