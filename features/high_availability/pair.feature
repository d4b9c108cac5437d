@ha
Feature: A pair of servers that holds everything twice
  A High-availability instance is one primary and one secondary. A commit is answered when both have it.

  @HA-1 @HA-2 @HA-5 @SW-1
  Rule: One primary and one secondary, and never two primaries

    Scenario Outline: A pair at rest in <place>
      Given a High-availability instance in <place>
      When the servers are looked at
      Then one server takes writes and the other one follows it
      And its servers stand on two racks in <place>
      And every server keeps what it has acknowledged through a crash

      Examples:
        | place     |
        | one zone  |
        | two zones |

    Scenario: A primary that freezes and wakes again is no second primary
      Given a High-availability instance in two zones
      And clients at work
      When the primary freezes
      And writes go on at the other server
      And the fault is healed
      And the pair is protected again
      And the clients come to rest
      Then there were never two primaries
      And the secondary let nobody in
      And the other server had taken over before anything was healed
      And no acknowledged write is lost
      And both servers hold the same rows

  @HA-3
  Rule: A commit waits until the secondary has received it

    @smoke
    Scenario: The secondary's acknowledgements are held back
      Given a High-availability instance in two zones
      And clients at work
      When the secondary's acknowledgements are held back for the objective "acknowledgement hold"
      And the fault is healed
      And the pair is protected again
      And the clients come to rest
      Then no commit was answered while they were held back
      And the secondary let nobody in
      And nobody but the primary took writes, and they went on within the objective "service after a disturbance"
      And no acknowledged write is lost
      And both servers hold the same rows

    @smoke
    Scenario: The primary is lost together with what was on its way to the secondary
      Given a High-availability instance in two zones
      And clients at work
      When replication to the secondary runs late
      And the primary is lost together with what was on its way
      And writes go on at the other server
      And the faults are healed
      And the pair is protected again
      And the rows at the address are read
      And the clients come to rest
      Then writes were in flight when the fault struck
      And the other server had taken over before anything was healed
      And the secondary let nobody in
      And no acknowledged write is lost
      And no unanswered write came or went
      And rows that were shown and never were are counted, and none was shown by a primary
      And no reader was taken back in time
      And no server has transactions of its own
      And no money came or went
      And both servers hold the same rows

    Scenario: The rack of the primary loses power in the middle of a switch
      Given a High-availability instance in two zones
      And clients at work
      When replication to the secondary runs a second late
      And a switch is asked for, and amid it the rack of the primary loses power
      And writes go on at the other server
      And the faults are healed
      And the pair is protected again
      And the clients come to rest
      Then no acknowledged write is lost
      And the other server had taken over before anything was healed
      And there were never two primaries
      And the secondary let nobody in
      And no server has transactions of its own
      And no money came or went
      And both servers hold the same rows

  @HA-8 @SW-1
  Rule: Primary and secondary stay in one region

    @smoke
    Scenario: A pair across two regions is asked for
      Given a High-availability instance in two zones
      When a High-availability instance across two regions is asked for
      Then the refusal says "PairAcrossRegions" in a sentence
      And the instance is as it was before
      And there is no other instance

  @HA-12
  Rule: No account gets into a secondary, whatever happens

    Scenario: Every account is tried at every server through a failover
      Given a High-availability instance in two zones
      And clients at work
      When the primary loses its process
      And writes go on at the other server
      And the fault is healed
      And the pair is protected again
      And the clients come to rest
      Then the secondary let nobody in
      And the other server had taken over before anything was healed
      And the address led to the primary alone
