"""The decisions that make the reference service keep its promises; a sabotage changes exactly one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the manager has decided once and for all; each is right by default.

    Attributes:
        wait_for_secondary: commits wait for the secondary's acknowledgement (lossless semi-synchronous replication);
            False is plain asynchronous replication.
        waits_without_timer: they wait for as long as it takes; False answers them without it after a tenth of a second.
        shows_what_is_safe: readers are shown a row once the secondary has it; False shows it to them before that.
        secondary_applies_at_once: a secondary applies what it receives; False has the first one wait for some seconds.
        basic_stands_alone: a Basic instance is one server; False gives it a second one.
        relaxes_durability: servers are started with ``sync_binlog=0``.
        racks_apart: a pair never shares a rack; False prefers one rack for both.
        refuses_two_regions: a pair across two regions is refused; False builds it.
        refused_creates_nothing: False leaves a Basic instance where a pair was refused.
        secondary_closed: the secondary lets no customer in; False leaves it open for reads.
        address_leads_to_primary: after a switch clients are let through to the new primary alone; False lets them
            through to both servers.
        refuses_while_busy: requests are refused while the instance is in the middle of something; False takes those
            that only change its record.
        refuses_switch_on_basic: False says that it was done, and restarts the only server.
        waits_for_period: a switch that was put off begins within its period; False begins it at once.
        waiting_switch_follows_period: False leaves a waiting switch at the period that it was put off to.
        cuts_clients_off: a switch ends the connections to the old primary; False leaves them open, and they read on
            from what is then the secondary.
        closes_old_primary: a switch closes the old primary; False leaves it open, and writable.
        frees_commits_on_switch: commits in flight are answered before the switch closes the old primary, though no
            other server has them.
        switches_again: an instance whose primary has changed can be switched; False calls it busy for ever.
        address_stays: False gives the instance another address at each switch.
        refuses_downgrade: False takes the secondary away.
        upgrade_keeps_rows: False skips what was written between the copying and the attaching of the new server.
        upgrade_keeps_creation_time: False gives the upgraded instance a new one.
        upgrade_keeps_id: it is known by its id afterwards; False tells customers another one.
        rolls_changes: a pair is changed one server after the other; False restarts both at once.
        changes_as_asked: its servers run with what was asked for afterwards; False restarts them as they were, and says
            that it is done.
        fails_over: a lost primary is replaced; False waits for a person.
        asks_the_address: a primary that the address hears from is kept; False gives it up on our own silence alone.
        believes_the_address: True gives up a primary that the address alone does not hear from.
        takes_back: a lost secondary that answers again rejoins; False leaves it out.
        protects_again: a pair that has two servers again is protected; False only says so, and the primary waits for
            nobody.
        releases_all: a released instance's servers are ended and wiped; False leaves them running.
        releases_alone: nobody else's address is closed by a release; False closes all there are.
        unprotects: writes go on without a lost secondary; False lets them wait for it for as long as it takes.
        stops_waiting: commits that wait for a lost secondary are answered; False says that the pair is unprotected, and
            lets them wait.
        stays_down_unprotected: a secondary that lacks acknowledged writes is not promoted; False promotes it.
        drains_before_promotion: a failover applies what the secondary had received; False forgets it.
        fences_old_primary: a returning server is closed, and stays so; False leaves it open, and writable in the end.
        rebuilds_diverged: a returning server is compared by GTID; False takes it back as it is.
        rides_out_blips: a primary is given up after a while; False does it at the first answer that is
            missed, and waits for none for long.
        secondary_alone_counts: a read-only instance's acknowledgement answers no commit; False has it count as well as
            the secondary's.
        secondary_suffices: a commit waits for the secondary alone; False has it wait for a read-only instance, too.
        spares_the_master: a read-only instance that was away comes back unnoticed; False cuts off the clients of its
            master.
        read_only_follows: a read-only instance follows its master's new primary; False leaves it where it was.
        read_only_compared: it is compared first; False keeps one that ran ahead in service.
        closes_what_ran_ahead: such a one is closed at once; False lets readers go on for a while before it is rebuilt.
        read_only_returns: one that was away is compared and opened; False leaves it out of service.
        read_only_takes_no_writes: its customers only read at it; False lets them write, too.
        read_only_applies_at_once: it applies what the new primary sends; False has it wait for a quarter of a minute.
        follows_primary_only: False points it at its master's other server where there is one, be that up or not.
        refuses_same_region: a disaster-recovery instance stands in another region than its master; False builds it in
            the same one, too.
        requires_version: a master below 5.6 gets no disaster-recovery instance; False delivers one.
        requires_gtid: nor does one without GTID; False delivers one.
        requires_tables: chosen tables have to be there; False takes a synchronization of any.
        requires_empty: an instance that holds data is not synchronized; False fills it all the same.
        one_synchronization: an instance has one for ever; False says that it took another one.
        names_tables: a task says which tables were chosen; False says nothing of them.
        chosen_tables_only: a synchronization of chosen tables brings them alone; False brings all there are.
        all_chosen_tables: it brings all of them; False leaves out the last one of several.
        shows_progress: how much of a first copy has arrived is shown; False shows nothing until it is over.
        recovery_read_only: a disaster-recovery instance takes no writes until it is promoted; False lets its address
            write.
        recovery_follows: it follows its master's new primary; False leaves it where it was.
        replays_all_changes: it replays every change; False leaves out those of one table, of several chosen ones of
            the last.
        second_replays_all: so does its second server; False leaves out those of one table there.
        recovery_applies_at_once: it applies what it received; False waits for a third of a minute.
        keeps_recovery_pair: a lost server of it is taken back as its second; False forgets it.
        recovery_fails_over: its second server takes a lost front's place; False waits for the front.
        lag_counts_cuts: lag is counted from what the master had executed; False shows the replica's own word, which is
            0 through a cut.
        confirms_promotion: a promotion asks for the instance's id once more; False does without.
        asks_for_the_master: while its master may be alive it asks for the master's id, too; False does without.
        applies_received: a promotion applies what was received; False forgets it.
        promotes_once: False lets a promoted instance be promoted again.
        promotion_ends_link: a promoted instance follows nobody; False has it receive on from its old master.
        never_relinks: a promoted instance follows nobody again; False takes a new task, and follows.
        switch_back_closes: the master takes no more writes when its place is taken; False leaves it open.
        master_stays_closed: and never takes any again; False opens it once all is done.
        undoing_opens_master: a switch back that is undone leaves the master open; False leaves it closed.
        difference_stops: a difference undoes it; False goes on in spite of it.
        verification_compares: False says that two instances hold the same, and has not looked.
        verifies_one_moment: both are compared as they were at one moment; False compares them as they are.
        dr_refuses_console: a disaster-recovery instance refuses what its master's console offers; False takes it.
        activation_opens_console: an activated one takes it; False has it refuse on.
        serves_console: any other instance takes it; False has all of them refuse.
        resumes: what was begun goes on after the manager's death; False calls it done.
        refused_changes_nothing: False says that it was refused, and does it.
        delivers_promptly: a disaster-recovery instance is delivered within seconds; False takes a minute more.
        shows_delivery: an instance is said to be created until it is; False says from the first moment that it runs.
        shows_unsynchronized: False says of a disaster-recovery instance that nobody has synchronized that it follows.
        lists_as_asked: a list has the instances of the region and type that were asked for; False lists all.
        names_followers: an instance says which ones are there for its disaster recovery; False names none.
        shows_slow_log: False shows nothing in it.
        says_it_is_down: an instance that lost its primary is said to be down; False says that it runs.
        figures_go_on: an instance's figures are taken every second; False shows the first ones for good.
    """

    wait_for_secondary: bool = True
    waits_without_timer: bool = True
    shows_what_is_safe: bool = True
    secondary_applies_at_once: bool = True
    basic_stands_alone: bool = True
    relaxes_durability: bool = False
    racks_apart: bool = True
    refuses_two_regions: bool = True
    refused_creates_nothing: bool = True
    secondary_closed: bool = True
    address_leads_to_primary: bool = True
    refuses_while_busy: bool = True
    refuses_switch_on_basic: bool = True
    waits_for_period: bool = True
    waiting_switch_follows_period: bool = True
    cuts_clients_off: bool = True
    closes_old_primary: bool = True
    frees_commits_on_switch: bool = False
    switches_again: bool = True
    address_stays: bool = True
    refuses_downgrade: bool = True
    upgrade_keeps_rows: bool = True
    upgrade_keeps_creation_time: bool = True
    upgrade_keeps_id: bool = True
    rolls_changes: bool = True
    changes_as_asked: bool = True
    fails_over: bool = True
    asks_the_address: bool = True
    believes_the_address: bool = False
    takes_back: bool = True
    protects_again: bool = True
    releases_all: bool = True
    releases_alone: bool = True
    unprotects: bool = True
    stops_waiting: bool = True
    stays_down_unprotected: bool = True
    drains_before_promotion: bool = True
    fences_old_primary: bool = True
    rebuilds_diverged: bool = True
    rides_out_blips: bool = True
    secondary_alone_counts: bool = True
    secondary_suffices: bool = True
    spares_the_master: bool = True
    read_only_follows: bool = True
    read_only_compared: bool = True
    closes_what_ran_ahead: bool = True
    read_only_returns: bool = True
    read_only_takes_no_writes: bool = True
    read_only_applies_at_once: bool = True
    follows_primary_only: bool = True
    refuses_same_region: bool = True
    requires_version: bool = True
    requires_gtid: bool = True
    requires_tables: bool = True
    requires_empty: bool = True
    one_synchronization: bool = True
    names_tables: bool = True
    chosen_tables_only: bool = True
    all_chosen_tables: bool = True
    shows_progress: bool = True
    recovery_read_only: bool = True
    recovery_follows: bool = True
    replays_all_changes: bool = True
    second_replays_all: bool = True
    recovery_applies_at_once: bool = True
    keeps_recovery_pair: bool = True
    recovery_fails_over: bool = True
    lag_counts_cuts: bool = True
    confirms_promotion: bool = True
    asks_for_the_master: bool = True
    applies_received: bool = True
    promotes_once: bool = True
    promotion_ends_link: bool = True
    never_relinks: bool = True
    switch_back_closes: bool = True
    master_stays_closed: bool = True
    undoing_opens_master: bool = True
    difference_stops: bool = True
    verification_compares: bool = True
    verifies_one_moment: bool = True
    dr_refuses_console: bool = True
    activation_opens_console: bool = True
    serves_console: bool = True
    resumes: bool = True
    refused_changes_nothing: bool = True
    delivers_promptly: bool = True
    shows_delivery: bool = True
    shows_unsynchronized: bool = True
    lists_as_asked: bool = True
    names_followers: bool = True
    shows_slow_log: bool = True
    says_it_is_down: bool = True
    figures_go_on: bool = True
