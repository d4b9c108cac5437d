"""The result of looking for a part that is not a database server."""

from dataclasses import dataclass

from hadrill.harness.engines.origin import Origin


@dataclass(frozen=True, slots=True)
class Program:
    """A program that can be run.

    Attributes:
        name: ``haproxy``, ``toxiproxy`` or ``allure``.
        argv: what its command begins with.
        version: as the program or its package says.
        origin: which way it was found.
        digest: SHA-256 of its file in hexadecimal; for Allure, its package's integrity string.
        warnings: what the report should say of it, a sentence each.
    """

    name: str
    argv: tuple[str, ...]
    version: str
    origin: Origin
    digest: str
    warnings: tuple[str, ...] = ()
