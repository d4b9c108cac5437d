"""Requirements: what the documents promise, by clause id."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Requirement:
    """One clause of one of the documents, in our own words.

    Attributes:
        id: ``HA-2``, ``SW-3``.
        document: ``switch``, ``ha`` or ``dr``.
        section: heading in the document, in our words.
        kind: ``behaviour``, ``limit``, ``feature`` or ``organisational``.
        title: the promise in a few words of our own.
        quotes: SHA-256 of each quoted place (Markdown marks removed, white space folded), so that whoever has the
            document can check what is meant.
        severity: ``blocker``, ``critical``, ``normal``, ``minor``: how bad a breach would be.
    """

    id: str
    document: str
    section: str
    kind: str
    title: str
    quotes: tuple[str, ...]
    severity: str
