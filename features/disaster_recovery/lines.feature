@dr
Feature: The line between the regions
  It is long, it varies and it breaks; what is behind is told as it is, and catches up.

  @DR-5 @DR-13
  Rule: The lag that is shown is the lag that there is, and what was cut off catches up

    Scenario: The line is slow, then cut, then whole again
      Given a High-availability instance in two zones
      And a synchronized disaster-recovery pair of it in another region
      And clients at work
      When the shown lag is watched for 2 seconds
      And the master is heard a second late in the other region
      And the shown lag is watched for 2 seconds
      And the fault is healed
      And the disaster-recovery instance follows again
      And the line between the regions is cut
      And the shown lag is watched for 4 seconds
      And the fault is healed
      And the disaster-recovery instance follows again
      And the shown lag is watched for 2 seconds
      And the clients come to rest
      Then the shown lag was right within the objective "error of the shown lag", and grew while the line was cut
      And the secondary let nobody in
      And no acknowledged write is lost
      And all servers hold the same rows

  @DR-4
  Rule: A private line is quicker than the public internet

    Scenario: The same load over both lines
      Given a High-availability instance in two zones
      And a synchronized disaster-recovery pair of it in another region
      And clients at work
      When the line between the regions is like a "private line"
      And the shown lag is watched for 5 seconds
      And the line is lifted
      And the line between the regions is like a "public internet"
      And the shown lag is watched for 7 seconds
      And the line is lifted
      And the clients come to rest
      Then the lag over the first line is within the objective "lag over a private line"
      And the lag over the second line is within the objective "lag over the public internet"
      And the first line was quicker than the second
      And the secondary let nobody in
      And no acknowledged write is lost
      And all servers hold the same rows
