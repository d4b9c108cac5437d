"""How a soak is told (pure): a line for each drill, and how it stands."""

from collections import Counter
from collections.abc import Iterator

from hadrill.harness.checks.wording import number_of
from hadrill.harness.soak.entries import Ended
from hadrill.harness.soak.standing import Standing, upper_bound

VERDICTS = {0: "pass", 1: "FALSE ALARM", 2: "no verdict"}


def lines_of_drill(ended: Ended, standing: Standing) -> Iterator[str]:
    """One line, with the rate so far; below it what was found."""
    verdict = VERDICTS.get(ended.exit_code, f"exit code {ended.exit_code}")
    yield f"{ended.number:4}  {verdict:<11}  {ended.seconds:6.1f} s  seed {ended.seed:<10}  {rate(standing)}"
    for alarm in ended.false_alarms:
        yield f"      false alarm: {alarm.scenario}, {alarm.check or 'its steps'}: {alarm.sentence}"
    for one in ended.undecided:
        yield f"      no verdict: {one.scenario or 'the run'}: {one.reason}"


def rate(standing: Standing) -> str:
    """False alarms among drills and scenarios, or how rare they must be."""
    busy = " with all cores busy" if standing.busy else ""
    tried = f"{number_of(standing.drills, 'drill')}, {number_of(standing.scenarios, 'scenario')}{busy}"
    died = f"; {number_of(len(standing.died), 'drill')} died" if standing.died else ""
    return _rate(standing, tried) + died


def _rate(standing: Standing, tried: str) -> str:
    drills, scenarios = upper_bound(standing.drills), upper_bound(standing.scenarios)
    if standing.false_alarms:
        of_drills = standing.alarmed / standing.drills
        of_scenarios = len(standing.false_alarms) / standing.scenarios
        alarms = number_of(len(standing.false_alarms), "false alarm")
        since = f"; none in the last {number_of(standing.since, 'drill')}" if standing.since else ""
        return f"{alarms} in {tried}: {of_drills:.2%} of drills, {of_scenarios:.2%} of scenarios{since}"
    if drills is None or scenarios is None:
        return f"nothing is known after {tried}"
    return f"no false alarm in {tried}: at 95 % no more than {drills:.2%} of drills, {scenarios:.2%} of scenarios"


def lines_of_standing(standing: Standing) -> Iterator[str]:
    """The soak as a whole."""
    yield f"soak: {rate(standing)}"
    for check, times in Counter(f"{one.scenario}, {one.check or 'its steps'}" for one in standing.false_alarms).items():
        yield f"  false alarm, {number_of(times, 'time')}: {check}"
    yield f"  without verdict: {number_of(len(standing.undecided), 'scenario')}"
    for reason, times in Counter(one.reason for one in standing.undecided).most_common():
        yield f"    {number_of(times, 'time')}: {reason}"
    yield from (f"  died of itself, {number_of(times, 'time')}: {why}" for why, times in Counter(standing.died).items())
    cut_short = standing.unfinished - len(standing.died)
    yield f"  {standing.seconds / 60:.0f} minutes of drills; {cut_short} cut short, which do not count"
