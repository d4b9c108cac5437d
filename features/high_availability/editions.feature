@ha
Feature: Editions
  A Basic instance is one server; a High-availability instance is two. One becomes the other, but not the reverse.

  @HA-9
  Rule: Where a Basic instance stands still, a pair hardly stops

    Scenario: Both lose the process of their primary
      Given a High-availability instance in two zones
      And a Basic instance beside it
      And clients at work
      When both primaries lose their process
      And writes go on at the other server
      And the clients work on for a while
      And the faults are healed
      And the pair is protected again
      And the instance beside it runs again
      And the clients come to rest
      Then writes went on within the objective "failover after a kill"
      And the instance beside it was down as long as its servers were
      And the instance beside it stood still for longer
      And there were never two primaries
      And the secondary let nobody in
      And no acknowledged write is lost
      And the instance beside it has lost no acknowledged write

    Scenario Outline: <what is changed> on both
      Given a High-availability instance in two zones
      And a Basic instance beside it
      And clients at work
      When <what is changed> on both
      And the pair is protected again
      And the clients come to rest
      Then the outage of the change is within the objective "change of a pair"
      And the instance beside it stood still for longer
      And every server runs as it was asked for
      And the old primary is now the secondary, on another rack than the primary
      And there were never two primaries
      And the secondary let nobody in
      And no acknowledged write is lost
      And the instance beside it has lost no acknowledged write
      And both servers hold the same rows

      Examples:
        | what is changed                                |
        | the specification is changed                   |
        | every server is restarted with other settings  |

  @HA-10 @HA-14
  Rule: A Basic instance becomes a pair under load and stays the same instance

    Scenario: An upgrade by a change of specification, and a failover after it
      Given a Basic instance
      And clients at work
      When its edition is changed to High-availability
      And the clients work on for a while
      And the primary loses its process
      And writes go on at the other server
      And the fault is healed
      And the pair is protected again
      And the clients come to rest
      Then it is the same instance as before, of the High-availability edition
      And the other server had taken over before anything was healed
      And there were never two primaries
      And the secondary let nobody in
      And one server takes writes and the other one follows it
      And no acknowledged write is lost
      And no money came or went
      And both servers hold the same rows

  @HA-13
  Rule: A pair does not become a Basic instance; a new one takes its data over

    Scenario: A downgrade is asked for
      Given a High-availability instance in two zones
      When its edition is to be changed to Basic, in vain
      Then the refusal says "DowngradeNotSupported" in a sentence
      And the instance is as it was before
      And one server takes writes and the other one follows it

    Scenario: The way round: a new Basic instance, the data, and the release of the pair
      Given a High-availability instance in two zones
      And clients at work
      When the clients come to rest
      And a Basic instance is created beside it
      And a customer copies the data to the instance beside it
      And the instance is released
      And the customer writes at the instance beside it
      Then the instance beside it holds the same rows
      And nothing is left of the released instance
      And no acknowledged write is lost
