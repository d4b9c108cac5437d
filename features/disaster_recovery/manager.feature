@dr
Feature: The manager dies
  It dies in the middle of what it was asked for. The next one finishes that, or undoes it: nothing stays half done.

  @DR-9 @DR-10 @DR-15
  Rule: A delivery, a copy and an activation outlive their manager

    Scenario: The manager dies amid a delivery, a copy and an activation
      Given a High-availability instance in two zones
      And its customer keeps rows that nobody else writes to
      When the manager dies while a disaster-recovery instance is delivered
      And the manager dies while it is copied
      And the disaster-recovery instance is a pair
      And the manager dies while it is activated
      Then it has taken its master's place as a whole, with every row
      And none of its servers follows the old master

  @DR-17
  Rule: A switch back outlives its manager, and never leaves two that take writes

    Scenario: The manager dies amid a switch back
      Given a High-availability instance in two zones
      And a disaster-recovery instance of it in another region
      And its customer keeps rows that nobody else writes to
      When the disaster-recovery instance is synchronized
      And the disaster-recovery instance is a pair
      And the manager dies while it takes its living master's place
      Then it has taken its master's place as a whole, with every row
      And its old master takes no writes
      And none of its servers follows the old master
