"""``hadrill status``: what of a topology that was brought up is up."""

import argparse

from hadrill.harness.errors import WrongCall


def add_arguments(_: argparse.ArgumentParser) -> None:
    """Say what the verb takes."""


def run(_: argparse.Namespace) -> int:
    """Do it; returns the exit code.

    Raises:
        WrongCall: always, as long as nothing can be brought up outside a drill.
    """
    raise WrongCall("nothing can be brought up outside a drill yet")
