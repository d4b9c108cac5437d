@ha
Feature: Failover
  The primary fails, nobody is there, and the service goes on.

  @HA-4
  Rule: A lost primary is replaced by its secondary without anyone asking

    Scenario Outline: The primary <failure>
      Given a High-availability instance in two zones
      And clients at work
      When the primary <failure>
      And writes go on at the other server
      And the fault is healed
      And the pair is protected again within the objective "return of the old primary"
      And the clients come to rest
      Then writes went on within the objective "<objective>"
      And no acknowledged write is lost
      And there were never two primaries
      And both servers hold the same rows

      @smoke
      Examples: Crash
        | failure           | objective             |
        | loses its process | failover after a kill |

      Examples: Freeze and isolation
        | failure    | objective                   |
        | freezes    | failover after a freeze     |
        | is cut off | failover after an isolation |
