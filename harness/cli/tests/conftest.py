"""A record of what is up, as `harness/live` tries its own on."""

from hadrill.harness.live.tests.conftest import record

__all__ = ["record"]
