"""Sentences that judge what was recorded of an instance in another region."""

from pytest_bdd import parsers, then

from hadrill.harness.drill.drill import Drill


@then("all that a console offers works on the activated instance")
def try_console_on_activated(drill: Drill) -> None:
    """As servers and clients show."""
    drill.console.work_on(drill.recovery.new.id, "the activated instance")


@then("all that a console offers works on an ordinary instance")
def try_console_on_ordinary(drill: Drill) -> None:
    """As servers and clients show."""
    drill.console.work_on(drill.main.id, "the ordinary instance")


@then(parsers.parse('it was delivered within the objective "{objective}"'))
def judge_delivered(drill: Drill, objective: str) -> None:
    """From the request."""
    drill.recovery.judge_delivered(objective)


@then(parsers.parse('nothing of it is left within the objective "{objective}"'))
def judge_released(drill: Drill, objective: str) -> None:
    """From the request on."""
    drill.recovery.judge_released(objective)


@then("it is listed by region and by type, with its master")
def judge_lists(drill: Drill) -> None:
    """And nothing else is."""
    drill.views.judge_lists()
    drill.views.judge_details()


@then("its figures are shown over time")
def judge_figures(drill: Drill) -> None:
    """Queries, connections, lag, disk."""
    drill.views.judge_figures()


@then("its slow log shows the slow statement")
def judge_slow_log(drill: Drill) -> None:
    """The server's own."""
    drill.views.judge_slow_log()


@then("its delivery could be followed")
def judge_delivery(drill: Drill) -> None:
    """From one state to the next."""
    drill.recovery_seen.judge_delivery()


@then("it was unsynchronized until it was copied and followed")
def judge_link(drill: Drill) -> None:
    """From one state to the next."""
    drill.recovery_seen.judge_link()


@then("it could be seen how far the copy was")
def judge_progress(drill: Drill) -> None:
    """Step by step."""
    drill.recovery_seen.judge_progress()


@then("it served reads at its own address and took no writes")
@then("it had served reads at its own address and taken no writes before")
def judge_access(drill: Drill) -> None:
    """Until it was activated, if it was."""
    drill.judge.recovery_access(drill.recovery.nodes)


@then(parsers.parse('its reads went on within the objective "{objective}"'))
def judge_reads(drill: Drill, objective: str) -> None:
    """From the fault on."""
    drill.judge.recovery_reads(objective)


@then("the disaster-recovery instance follows the new primary")
def judge_follows(drill: Drill) -> None:
    """As the servers themselves say."""
    drill.recovery_seen.judge_follows()


@then("the list of tasks shows the one that was accepted, and its progress")
def judge_task(drill: Drill) -> None:
    """With the tables that were chosen."""
    drill.recovery_seen.judge_task()


@then("the chosen tables alone are at the disaster-recovery instance, with the same rows")
def judge_chosen(drill: Drill) -> None:
    """Row by row; of the others nothing."""
    drill.recovery_seen.compare_chosen()
    drill.judge.equality()


@then(parsers.parse('the shown lag was right within the objective "{objective}", and grew while the line was cut'))
def judge_shown_lag(drill: Drill, objective: str) -> None:
    """Against the judge's own rows."""
    drill.judge.shown_lag(objective, "line-cut")


@then(parsers.parse('it took writes within the objective "{objective}"'))
def judge_activation(drill: Drill, objective: str) -> None:
    """From the request to the first acknowledgement."""
    drill.judge.activation(objective)


@then(parsers.parse('what had not arrived is within the objective "{objective}"'))
def judge_data_loss(drill: Drill, objective: str) -> None:
    """By count and by age."""
    drill.judge.data_loss(objective)


@then(parsers.parse('the lag over the first line is within the objective "{objective}"'))
def judge_first_line(drill: Drill, objective: str) -> None:
    """As a distribution."""
    drill.judge.line_lag("the first line", 0, objective)


@then(parsers.parse('the lag over the second line is within the objective "{objective}"'))
def judge_second_line(drill: Drill, objective: str) -> None:
    """As a distribution."""
    drill.judge.line_lag("the second line", 1, objective)


@then("the first line was quicker than the second")
def judge_lines(drill: Drill) -> None:
    """By the 99th percentile of the lag."""
    drill.judge.quicker("the first line", "the second line")


@then("each of the wrong requests was refused with its reason")
def judge_wrong_requests(drill: Drill) -> None:
    """The documented code of each, in a sentence."""
    drill.wrong_requests.each_refused()


@then("none of its servers follows the old master")
def judge_link_gone(drill: Drill) -> None:
    """As the servers themselves say."""
    drill.recovery_seen.judge_link_gone()


@then("nothing that the old master took after the cut has arrived")
@then("what both sides took after the cut is listed, and nothing of the old master's has arrived")
def judge_divergence(drill: Drill) -> None:
    """By key, side and time."""
    drill.judge.divergence()
