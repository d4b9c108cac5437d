@switch
Feature: Switches and management
  A switch happens now or within the maintenance period, and keeps other requests waiting while it lasts.

  @SW-9
  Rule: A switch is put off to the maintenance period, and happens inside it

    Scenario: A switch within the maintenance period
      Given a High-availability instance in two zones
      And clients at work
      When the maintenance period is set to begin in 4 seconds
      And a switch within the maintenance period is asked for
      And the maintenance period has begun
      And writes go on at the other server
      And the pair is protected again
      And the clients come to rest
      Then the switch happened within the maintenance period
      And there were never two primaries
      And no acknowledged write is lost
      And both servers hold the same rows
      And the secondary let nobody in

  @SW-11
  Rule: A waiting switch follows a changed period

    Scenario Outline: The period is changed while a switch waits: from <before> to <after>
      Given a High-availability instance in two zones
      And clients at work
      When the maintenance period is set to begin in <before>
      And a switch within the maintenance period is asked for
      And the maintenance period is set to begin in <after>
      And the maintenance period has begun
      And writes go on at the other server
      And the pair is protected again
      And the clients come to rest
      Then the switch happened within the maintenance period
      And there were never two primaries
      And no acknowledged write is lost
      And both servers hold the same rows
      And the secondary let nobody in

      Examples:
        | before    | after     |
        | 2 hours   | 3 seconds |
        | 3 seconds | 7 seconds |

  @SW-10
  Rule: Nothing else is begun during a switch

    Scenario: Everything is asked for during a switch
      Given a High-availability instance in two zones
      And clients at work
      When everything is asked for while switches last that a late secondary draws out
      And the pair is protected again
      And the clients come to rest
      Then each of the requests was refused with "OperationInProgress" in a sentence
      And there is no other instance
      And each of them is accepted now
      And there were never two primaries
      And the secondary let nobody in
      And no acknowledged write is lost
