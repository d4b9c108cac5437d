"""The command line's parser: a wrong call ends with 4, the code that the whole of hadrill gives it."""

import argparse
from typing import NoReturn

from hadrill.harness.errors import WrongCall


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are told like every other wrong call."""

    def error(self, message: str) -> NoReturn:
        """Refuse the call.

        Raises:
            WrongCall: always.
        """
        raise WrongCall(f"{message}; see {self.prog} --help")
