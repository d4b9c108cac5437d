@switch
Feature: Read-only instances
  They follow the primary at a distance, whoever it is, and show nothing for long that the primary never had.

  @SW-8
  Rule: A read-only instance falls behind when the primary changes, and catches up

    Scenario Outline: The primary changes: <how>
      Given a High-availability instance in two zones
      And a read-only instance of it
      And clients at work
      When replication from the secondary to the read-only instance will run late
      And <how>
      And writes go on at the other server
      And the read-only instance shows something of what clients write from now on
      And the faults are healed
      And the pair is protected again
      And the clients come to rest
      Then the other server had taken over before anything was healed
      And the read-only instance served reads and took no writes
      And the read-only instance follows the primary
      And the read-only instance fell behind within the objective "read-only lag" and caught up
      And nothing that it showed was staler than the objective "read-only lag" allows
      And no reader was taken back in time
      And there were never two primaries
      And no acknowledged write is lost
      And all servers hold the same rows
      And the secondary let nobody in

      Examples:
        | how                           |
        | a switch is asked for         |
        | the primary loses its process |

    Scenario: A read-only instance is ahead of the new primary
      Given a High-availability instance in two zones
      And a read-only instance of it
      And clients at work
      When replication to the secondary runs late
      And the primary is lost together with what was on its way
      And what the read-only instance holds is noted
      And writes go on at the other server
      And the faults are healed
      And the pair is protected again
      And the read-only instance runs again
      And the clients come to rest
      Then writes were in flight when the fault struck
      And the read-only instance had been ahead of the new primary
      And the other server had taken over before anything was healed
      And the read-only instance was rebuilt before it ran again
      And what it was ahead with was not read there for long
      And rows that were shown and never were are counted, and none was shown by a primary
      And no server has transactions of its own
      And there were never two primaries
      And the secondary let nobody in
      And no acknowledged write is lost
      And all servers hold the same rows

  @SW-8
  Rule: A read-only instance that was away is nobody else's matter, and catches up

    Scenario Outline: Away for a while: <what happens>
      Given a High-availability instance in two zones
      And a read-only instance of it
      And clients at work
      When <what happens>
      And the service says that the read-only instance is down
      And the clients work on for a while
      And the fault is healed
      And the read-only instance runs again
      And the clients come to rest
      Then nobody at the address of its master noticed anything
      And the primary took writes all the while, and paused within the objective "writes beside a lost reader"
      And the read-only instance served reads and took no writes
      And the read-only instance follows the primary
      And the read-only instance was behind for no longer than the objective "read-only lag" allows, and caught up
      And no reader was taken back in time
      And the secondary let nobody in
      And no acknowledged write is lost
      And all servers hold the same rows

      Examples:
        | what happens                                  |
        | the read-only instance loses its process      |
        | the read-only instance freezes                |
        | the rack of the read-only instance is cut off |
