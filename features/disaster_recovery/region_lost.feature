@dr
Feature: A region is lost
  The region of the master fails, and the pair in the other region takes its place: once, and for good.

  @DR-6 @DR-15 @DR-16
  Rule: An activated instance takes writes within seconds, and never follows its old master again

    Scenario: The region of the master is lost
      Given a High-availability instance in two zones
      And a synchronized disaster-recovery pair of it in another region
      And clients at work
      When the line between the regions is like a "private line"
      And a reader keeps the tables of the disaster-recovery instance as they are
      And the clients work on for longer than the objective "data loss over a private line" allows
      And the region of the master is lost
      And the disaster-recovery instance is activated
      And the activated instance is a pair
      And the fault is healed
      And the old master is back and takes writes
      And the manager loses its process and is started again
      And every server of the activated instance is restarted
      And it is asked to follow its old master again, in every way
      And the rows of the activated instance are read
      And the clients come to rest
      Then each of the wrong requests was refused with its reason
      And it took writes within the objective "activation of a disaster-recovery instance"
      And what had not arrived is within the objective "data loss over a private line"
      And none of its servers follows the old master
      And nothing that the old master took after the cut has arrived
      And it had served reads at its own address and taken no writes before

  @DR-6 @DR-15 @DR-16
  Rule: A master that may be alive is left behind only by name, and what both sides write is told apart

    Scenario: The region of the master is cut off and lives on
      Given a High-availability instance in two zones
      And a synchronized disaster-recovery pair of it in another region
      And clients at work
      When the line between the regions is like a "public internet"
      And the clients work on for a while
      And the region of the master is cut off from the others
      And its activation is asked for without confirmation
      And its activation is asked for without accepting that the two diverge
      And the disaster-recovery instance is activated
      And the clients work on for a while
      And the fault is healed
      And the activated instance is a pair
      And the pair is protected again
      And the rows of the activated instance are read
      And the clients come to rest
      Then each of the wrong requests was refused with its reason
      And what had not arrived is within the objective "data loss over the public internet"
      And what both sides took after the cut is listed, and nothing of the old master's has arrived
      And none of its servers follows the old master
      And no acknowledged write is lost
