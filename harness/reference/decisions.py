"""The decisions that make the reference service keep its promises; a sabotage changes exactly one."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the manager has decided once and for all; each is right by default.

    Attributes:
        wait_for_secondary: commits wait for the secondary's acknowledgement (lossless semi-synchronous replication);
            False is plain asynchronous replication.
        relaxes_durability: servers are started with ``sync_binlog=0``.
        racks_apart: a pair never shares a rack; False prefers one rack for both.
        refuses_two_regions: a pair across two regions is refused; False builds it.
        secondary_closed: the secondary lets no customer in; False leaves it open for reads.
        refuses_while_busy: requests are refused while the instance is in the middle of something; False takes those
            that only change its record.
        refuses_switch_on_basic: False says that it was done, and restarts the only server.
        waits_for_period: a switch that was put off begins within its period; False begins it at once.
        waiting_switch_follows_period: False leaves a waiting switch at the period that it was put off to.
        cuts_clients_off: a switch ends the connections to the old primary; False leaves them open, and they read on
            from what is then the secondary.
        frees_commits_on_switch: commits in flight are answered before the switch closes the old primary, though no
            other server has them.
        address_stays: False gives the instance another address at each switch.
        refuses_downgrade: False takes the secondary away.
        upgrade_keeps_rows: False skips what was written between the copying and the attaching of the new server.
        upgrade_keeps_creation_time: False gives the upgraded instance a new one.
        rolls_changes: a pair is changed one server after the other; False restarts both at once.
        fails_over: a lost primary is replaced; False waits for a person.
        asks_the_address: a primary that the address hears from is kept; False gives it up on our own silence alone.
        believes_the_address: True gives up a primary that the address alone does not hear from.
        takes_back: a lost secondary that answers again rejoins; False leaves it out.
        releases_all: a released instance's servers are ended and wiped; False leaves them running.
        unprotects: writes go on without a lost secondary; False lets them wait for it for as long as it takes.
        stays_down_unprotected: a secondary that lacks acknowledged writes is not promoted; False promotes it.
        drains_before_promotion: a failover applies what the secondary had received; False forgets it.
        fences_old_primary: a returning server stays closed; False has it open and writable once it has caught up.
        rebuilds_diverged: a returning server is compared by GTID; False takes it back as it is.
        rides_out_blips: a primary is given up after a while; False does it at the first answer that is
            missed, and waits for none for long.
        read_only_follows: a read-only instance follows its master's new primary; False leaves it where it was.
        read_only_compared: it is compared first; False keeps one that ran ahead in service.
        follows_primary_only: False points it at its master's secondary where there is one.
        dr_refuses_console: a disaster-recovery instance refuses what its master's console offers; False takes it.
        refused_changes_nothing: False says that it was refused, and does it.
    """

    wait_for_secondary: bool = True
    relaxes_durability: bool = False
    racks_apart: bool = True
    refuses_two_regions: bool = True
    secondary_closed: bool = True
    refuses_while_busy: bool = True
    refuses_switch_on_basic: bool = True
    waits_for_period: bool = True
    waiting_switch_follows_period: bool = True
    cuts_clients_off: bool = True
    frees_commits_on_switch: bool = False
    address_stays: bool = True
    refuses_downgrade: bool = True
    upgrade_keeps_rows: bool = True
    upgrade_keeps_creation_time: bool = True
    rolls_changes: bool = True
    fails_over: bool = True
    asks_the_address: bool = True
    believes_the_address: bool = False
    takes_back: bool = True
    releases_all: bool = True
    unprotects: bool = True
    stays_down_unprotected: bool = True
    drains_before_promotion: bool = True
    fences_old_primary: bool = True
    rebuilds_diverged: bool = True
    rides_out_blips: bool = True
    read_only_follows: bool = True
    read_only_compared: bool = True
    follows_primary_only: bool = True
    dr_refuses_console: bool = True
    refused_changes_nothing: bool = True
