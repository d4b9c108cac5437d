@ha
Feature: Without a secondary
  A pair that lost its secondary serves on, says that nobody else holds its writes, and would rather be down than lose them.

  @HA-3 @HA-4
  Rule: Writes go on without the secondary, and it is taken back when it returns

    Scenario Outline: The secondary <is lost>
      Given a High-availability instance in two zones
      And clients at work
      When the secondary <is lost>
      And the service says that the pair is unprotected
      And the clients work on for a while
      And the fault is healed
      And the pair is protected again
      And the clients come to rest
      Then the primary took writes again within the objective "writes without a secondary"
      And nobody but the primary took writes, and they went on within the objective "service after a disturbance"
      And there were never two primaries
      And the secondary let nobody in
      And no acknowledged write is lost
      And both servers hold the same rows
      And one server takes writes and the other one follows it

      Examples:
        | is lost                              |
        | loses its process                    |
        | freezes                              |
        | no longer hears from the primary     |
        | is no longer heard by the primary    |

  @HA-3 @HA-4
  Rule: A secondary that missed writes is never promoted

    Scenario: The primary is lost while it alone holds what it acknowledged
      Given a High-availability instance in two zones
      And clients at work
      When the secondary loses its process
      And the service says that the pair is unprotected
      And the clients work on for a while
      And the primary loses its process
      And the secondary is healed
      And the service says that the instance is down
      And the instance is watched for a while
      And the faults are healed
      And the pair is protected again
      And the clients come to rest
      Then the primary took writes while the secondary was gone
      And nothing was acknowledged while the instance was down
      And there were never two primaries
      And the secondary let nobody in
      And no acknowledged write is lost
      And no money came or went
      And both servers hold the same rows
