@dr
Feature: A pair in another region that follows
  It is delivered empty, synchronized when somebody asks for it, and from then on holds what its master holds.

  @DR-1 @DR-5 @DR-9 @DR-10
  Rule: A pair in another region is delivered, then synchronized, and serves reads at an address of its own

    Scenario: What the master holds is copied while it takes more
      Given a High-availability instance in two zones
      And a disaster-recovery instance of it in another region
      And the line between the regions is like a "private line"
      And clients at work
      When the disaster-recovery instance is synchronized
      And the clients work on for a while
      And the line is lifted
      And the clients come to rest
      Then its delivery could be followed
      And it was unsynchronized until it was copied and followed
      And it could be seen how far the copy was
      And it served reads at its own address and took no writes
      And the secondary let nobody in
      And no acknowledged write is lost
      And no money came or went
      And all servers hold the same rows

  @DR-11
  Rule: A synchronization is of everything or of chosen tables, and a wrong one is refused
    Chosen tables come with their triggers, and with the accounts of that moment; accounts that are made later do not
    arrive, which the task says. No other table comes and no view; schemas, empty, and routines and events do, since a
    replica that skipped them would skip changes of chosen tables.

    Scenario: Of three tables two are chosen
      Given a High-availability instance in two zones
      And a disaster-recovery instance of it in another region
      And its customer keeps rows that nobody else writes to
      And clients at work
      When wrong synchronizations are asked for
      And a synchronization is asked for over data that are in the way
      And the tables that the clients write to are synchronized
      And another synchronization is asked for
      And the clients work on for a while
      And the clients come to rest
      Then each of the wrong requests was refused with its reason
      And the list of tasks shows the one that was accepted, and its progress
      And the chosen tables alone are at the disaster-recovery instance, with the same rows
      And the secondary let nobody in
      And no acknowledged write is lost
