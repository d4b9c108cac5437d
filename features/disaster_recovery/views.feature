@dr
Feature: What can be looked at
  Where the instances are, whose they are, how they fare; and that they come and go at once.

  @DR-3 @DR-12 @DR-14
  Rule: A disaster-recovery instance is found by region and type, and shows how it fares

    Scenario: Looked at while clients work, and given back
      Given a High-availability instance in two zones
      And a disaster-recovery instance of it in another region
      And clients at work
      When the disaster-recovery instance is synchronized
      And the disaster-recovery instance is a pair
      And the clients work on for a while
      And a slow statement is run at the disaster-recovery instance
      And the shown lag is watched for 3 seconds
      And the clients come to rest
      Then it was delivered within the objective "delivery of a disaster-recovery instance"
      And it is listed by region and by type, with its master
      And its figures are shown over time
      And its slow log shows the slow statement
      When it is given back
      Then nothing of it is left within the objective "release of a disaster-recovery instance"
