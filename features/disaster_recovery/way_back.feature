@dr
Feature: The way back
  When the old region is there again, the data flow back into it, are verified row by row, and the old region takes over.

  @DR-17
  Rule: Verified and without loss, the instance in the old region takes over

    Scenario: Switched back under load
      Given a High-availability instance in two zones
      And a synchronized disaster-recovery pair of it in another region
      When the disaster-recovery instance is activated
      And the old master is given back and the activated instance is followed from its region
      And clients are at work at the activated instance
      And the data flow back
      And the instance in the old region is a pair
      And the two are verified row by row
      And the instance in the old region takes over
      And the clients at the activated instance come to rest
      Then the verification found no difference
      And the instance in the old region took writes within the objective "switch back"
      And no write that was acknowledged before is missing there
      And its servers hold the same rows

  @DR-17
  Rule: A difference is found in its table and row, and stops it

    Scenario: Rows are changed on the server that follows
      Given a High-availability instance in two zones
      And a synchronized disaster-recovery pair of it in another region
      When the disaster-recovery instance is activated
      And the old master is given back and the activated instance is followed from its region
      And its customer keeps a few rows that nobody writes to
      And clients are at work at the activated instance
      And the data flow back
      And the instance in the old region is a pair
      And somebody changes some of them on the server that follows
      And the two are verified row by row
      And the instance in the old region is to take over, in vain
      Then the verification found the rows that differ
      And the refusal to switch back says "VerificationFailed" in a sentence
      And the activated instance goes on taking writes, and no server in the old region does
