@ha
Feature: Failover
  The primary fails, nobody is there, and the service goes on.

  @HA-4
  Rule: A lost primary is replaced by its secondary without anyone asking

    @smoke
    Scenario: The primary loses its process
      Given a High-availability instance in two zones
      And clients at work
      When the primary loses its process
      And writes go on at the other server
      And the fault is healed
      And the pair is protected again within the objective "return of the old primary"
      And the clients come to rest
      Then writes went on within the objective "failover after a kill"
      And no acknowledged write is lost
      And there were never two primaries
      And no money came or went
      And both servers hold the same rows
      And the secondary let nobody in
      And one server takes writes and the other one follows it

    Scenario: The primary dies while the link to its secondary is slow
      Given a High-availability instance in two zones
      And clients at work
      When replication to the secondary runs late
      And the primary loses its process
      And writes go on at the other server
      And the faults are healed
      And the pair is protected again
      And the clients come to rest
      Then writes went on within the objective "failover after a kill"
      And writes were in flight when the fault struck
      And there were never two primaries
      And the secondary let nobody in
      And no acknowledged write is lost
      And no money came or went
      And both servers hold the same rows

    Scenario: The secondary has more to apply when the primary dies
      Given a High-availability instance in two zones
      And many rows that nobody needs
      And clients at work
      When a customer deletes them at once
      And the primary loses its process
      And writes go on at the other server
      And the fault is healed
      And the pair is protected again
      And the clients come to rest
      Then the secondary had more to apply when the primary was lost
      And the other server had taken over before anything was healed
      And no acknowledged write is lost
      And there were never two primaries
      And the secondary let nobody in
      And both servers hold the same rows

    Scenario Outline: The manager <what happens> while the primary dies
      Given a High-availability instance in two zones
      And clients at work
      When the manager <what happens>
      And the clients work on for a while
      And the primary loses its process
      And the instance is watched for a while
      And the manager is healed
      And writes go on at the other server
      And the faults are healed
      And the pair is protected again
      And the clients come to rest
      Then the primary took writes while the manager was gone
      And nobody took the place of the primary while the manager was gone
      And the other server had taken over before the primary was healed
      And the old primary is now the secondary, on another rack than the primary
      And no acknowledged write is lost
      And there were never two primaries
      And the secondary let nobody in

      Examples:
        | what happens      |
        | loses its process |
        | freezes           |

  @HA-4
  Rule: What passes by itself is no reason to fail over

    Scenario Outline: No failover because <what happens>
      Given a High-availability instance in two zones
      And clients at work
      When <what happens>
      And the faults are healed
      And the instance is watched for a while
      And the pair is protected again
      And the rows at the address are read
      And the clients come to rest
      Then nobody but the primary took writes, and they went on within the objective "service after a disturbance"
      And the secondary let nobody in
      And no acknowledged write is lost
      And no unanswered write came or went
      And both servers hold the same rows

      Examples:
        | what happens                                |
        | the primary freezes for 300 milliseconds    |
        | the primary is cut off for 300 milliseconds |

    Scenario: No failover because the address gets no answers from the primary
      Given a High-availability instance in two zones
      And clients at work
      When the address gets no answers from the primary
      And the instance is watched for as long as any failover may take
      And the faults are healed
      And the pair is protected again
      And the rows at the address are read
      And the clients come to rest
      Then nobody but the primary took writes, and they went on
      And commits were carried out whose answers never came
      And the secondary let nobody in
      And no acknowledged write is lost
      And no unanswered write came or went
      And both servers hold the same rows

    Scenario Outline: No failover because <what happens>, and writes go on
      Given a High-availability instance in two zones
      And clients at work
      When <what happens>
      And the instance is watched for as long as any failover may take
      And the faults are healed
      And the pair is protected again
      And the rows at the address are read
      And the clients come to rest
      Then nobody but the primary took writes, and they went on
      And the primary took writes all the while, and paused within the objective "writes meanwhile"
      And the secondary let nobody in
      And no acknowledged write is lost
      And no unanswered write came or went
      And both servers hold the same rows

      Examples:
        | what happens                                |
        | the manager is cut off from the primary     |
        | the secondary's link is cut again and again |

  @HA-5
  Rule: A pair in two zones outlives a zone, a pair in one zone does not

    Scenario: A zone is lost
      Given a High-availability instance in two zones
      And a High-availability instance in one zone beside it
      And clients at work
      When the zone of the primary is lost
      And writes go on at the other server
      And the clients work on for a while
      And the faults are healed
      And the pair is protected again
      And the instance beside it is protected again
      And the clients come to rest
      Then the instance beside it was down as long as its servers were
      And the other server had taken over before anything was healed
      And the old primary is now the secondary, on another rack than the primary
      And there were never two primaries
      And the secondary let nobody in
      And no acknowledged write is lost
      And the instance beside it has lost no acknowledged write
      And both servers hold the same rows
