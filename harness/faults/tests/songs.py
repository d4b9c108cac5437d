"""What is heard of a link."""

from typing import Final

from hadrill.harness.faults.canary import Fate, Song

WELL: Final = Song(Fate.ANSWERED, greeted=True, took_s=0.001)
