"""hadrill drills MySQL high availability and disaster recovery, and says with evidence which promises hold."""

__version__ = "0.1.0"
