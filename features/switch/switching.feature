@switch
Feature: Switching primary and secondary
  A pair can change roles, because somebody asked or because a rack failed.
  Clients keep their address, and the server that stands by stays out of reach.

  @SW-2
  Rule: The secondary follows the primary closely and holds what was acknowledged

    Scenario: The link to the secondary is cut while clients write
      Given a High-availability instance in two zones
      And clients at work
      When the secondary shows something of what clients write
      And the clients work on for longer than the objective "lag of the secondary" allows
      And the secondary no longer hears from the primary
      And the rows of the secondary are read
      And the fault is healed
      And the pair is protected again
      And the clients come to rest
      Then the secondary lagged by no more than the objective "lag of the secondary" before that
      And the secondary held every write that had been acknowledged
      And the secondary let nobody in
      And no acknowledged write is lost
      And both servers hold the same rows

  @SW-3
  Rule: Clients reach the primary alone; the secondary only stands by

    Scenario: The secondary lets nobody in before, during and after a switch
      Given a High-availability instance in two zones
      And clients at work
      When replication to the secondary runs a second late
      And a switch is asked for
      And the fault is healed
      And the pair is protected again
      And the clients come to rest
      Then the address led to the primary alone
      And there were never two primaries
      And the secondary let nobody in
      And no acknowledged write is lost

  @SW-4 @HA-4
  Rule: When the primary's rack fails, the other rack carries on and the old primary comes back as secondary

    Scenario Outline: The rack of the primary fails: it <failure>
      Given a High-availability instance in two zones
      And clients at work
      When the rack of the primary <failure>
      And writes go on at the other server
      And the fault is healed
      And the pair is protected again within the objective "return of the old primary"
      And the clients come to rest
      Then the old primary is now the secondary, on another rack than the primary
      And writes went on within the objective "<objective>"
      And no acknowledged write is lost
      And there were never two primaries
      And both servers hold the same rows
      And the secondary let nobody in

      Examples:
        | failure     | objective                   |
        | loses power | failover after a power loss |
        | freezes     | failover after a freeze     |
        | is cut off  | failover after an isolation |

    Scenario Outline: The network of the primary's rack fails: it <failure>
      Given a High-availability instance in two zones
      And clients at work
      When the rack of the primary <failure>
      And writes go on at the other server
      And the fault is healed
      And the pair is protected again
      And the clients come to rest
      Then the old primary is now the secondary, on another rack than the primary
      And the other server had taken over before anything was healed
      And no acknowledged write is lost
      And there were never two primaries
      And both servers hold the same rows
      And the secondary let nobody in

      Examples:
        | failure                    |
        | sends and gets nothing now |
        | refuses connections        |
        | resets connections         |
        | is too slow                |

  @HA-1 @SW-5 @SW-6
  Rule: A Basic instance has no second server and refuses to switch

    @smoke
    Scenario: A switch is asked of a Basic instance
      Given a Basic instance
      And clients at work
      When a switch is asked for that must be refused
      And the clients come to rest
      Then the refusal says "EditionHasNoSecondary" in a sentence
      And the instance is as it was before
      And the instance has one server alone
      And no client noticed anything
      And no acknowledged write is lost

  @SW-5 @SW-7 @SW-9
  Rule: A switch is a short disconnection that a reconnecting client survives

    @smoke
    Scenario: Clients with and without a reconnection live through a switch
      Given a High-availability instance in two zones
      And clients at work
      When a switch is asked for
      And the pair is protected again
      And the clients come to rest
      Then the outage of the switch is within the objective "switch"
      And the connections broke, and only clients that reconnect carried on
      And the address is the same as before
      And there were never two primaries
      And no acknowledged write is lost
      And both servers hold the same rows
      And the secondary let nobody in
