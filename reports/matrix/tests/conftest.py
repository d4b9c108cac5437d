"""Sample runs of the reports' own tests."""

from hadrill.reports.tests.conftest import mixed_run

__all__ = ["mixed_run"]
