@dr
Feature: Limits
  What a disaster-recovery instance needs, and what it refuses for as long as it is one.

  @DR-7
  Rule: A master without GTID, or in the same region, gets none

    Scenario: GTID is off, then on again
      Given a Basic instance
      When a disaster-recovery instance in its own region is asked for
      And somebody turns GTID off on its server, and a disaster-recovery instance is asked for
      Then each of the wrong requests was refused with its reason
      And the instance is as it was before
      And there is no other instance
      When GTID is on again, and a disaster-recovery instance is created
      Then its delivery could be followed

  @DR-8 @DR-15
  Rule: What a console offers is refused on a disaster-recovery instance, and works once it is activated

    Scenario: Everything is tried on it, on the activated one and on an ordinary one
      Given a High-availability instance in two zones
      And a synchronized disaster-recovery pair of it in another region
      When all that a console offers is tried on the disaster-recovery instance
      And the disaster-recovery instance is activated
      And the activated instance is a pair
      Then each of the wrong requests was refused with its reason
      And all that a console offers works on an ordinary instance
      And all that a console offers works on the activated instance
