@dr
Feature: A pair on either side
  The loss of one server, on either side of the line, ends neither the reads nor the synchronization.

  @DR-2
  Rule: A disaster-recovery instance outlives the loss of one of its servers

    Scenario Outline: Its <server> loses its process
      Given a High-availability instance in two zones
      And a synchronized disaster-recovery pair of it in another region
      And clients at work
      When its <server> loses its process
      And the clients work on for longer than the objective "reads at a disaster-recovery instance" allows
      And the fault is healed
      And the disaster-recovery instance is a pair again
      And the clients come to rest
      Then its reads went on within the objective "reads at a disaster-recovery instance"
      And it served reads at its own address and took no writes
      And no acknowledged write is lost
      And all servers hold the same rows

      Examples:
        | server        |
        | first server  |
        | second server |

  @DR-2 @DR-5
  Rule: The synchronization follows the master's new primary

    Scenario: The primary of the master loses its process
      Given a High-availability instance in two zones
      And a synchronized disaster-recovery pair of it in another region
      And clients at work
      When the primary loses its process
      And writes go on at the other server
      And the fault is healed
      And the pair is protected again
      And the disaster-recovery instance follows again
      And the clients come to rest
      Then the other server had taken over before anything was healed
      And the disaster-recovery instance follows the new primary
      And it served reads at its own address and took no writes
      And no acknowledged write is lost
      And all servers hold the same rows
