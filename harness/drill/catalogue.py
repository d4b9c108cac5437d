"""The catalogue of requirements: every clause of the documents, in our own words, as the features' tags name them.

A quoted place is known by the SHA-256 of its text after ``normalised``. Whoever has the document normalises the passage
that they take a clause to mean and compares; the documents' sentences themselves stand nowhere in this project.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

import hadrill.features
from hadrill.harness.errors import WrongCall
from hadrill.harness.model.requirement import Requirement
from hadrill.harness.yaml_file import read_yaml

REQUIREMENTS = "requirements.yaml"

Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,}-[1-9][0-9]*$")]


@dataclass(frozen=True, slots=True)
class Document:
    """One of the documents that the requirements come from.

    Attributes:
        name: ``switch``, ``ha`` or ``dr``.
        vendor, product, subject: enough to find it, in our words.
        sha256: of the text that the clauses were read from.
    """

    name: str
    vendor: str
    product: str
    subject: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the documents promise.

    Attributes:
        documents: by name.
        requirements: by clause id, in the documents' order.
        not_addressed: by clause id, why the clause or a part of it cannot be drilled.
    """

    documents: Mapping[str, Document]
    requirements: Mapping[str, Requirement]
    not_addressed: Mapping[str, str]


def packaged_features() -> Path:
    """The folder of the features that come with hadrill."""
    return Path(hadrill.features.__file__).resolve().parent


def load_catalogue(path: Path | None = None) -> Catalogue:
    """Read the catalogue that comes with hadrill, or another of the same form.

    Raises:
        WrongCall: the file is malformed, or a requirement names a document that is not there.
    """
    path = path or packaged_features() / REQUIREMENTS
    file = read_yaml(path, _File)
    for clause, entry in file.requirements.items():
        if entry.document not in file.documents:
            raise WrongCall(f"{path}: {clause} comes from {entry.document!r}, which is not among the documents")
    return Catalogue(
        documents={name: Document(name, **entry.model_dump()) for name, entry in file.documents.items()},
        requirements={
            clause: Requirement(id=clause, **entry.model_dump(exclude={"not_addressed"}))
            for clause, entry in file.requirements.items()
        },
        not_addressed={
            clause: entry.not_addressed for clause, entry in file.requirements.items() if entry.not_addressed
        },
    )


def normalised(passage: str) -> str:
    """A passage without Markdown's backslashes, asterisks and backticks, white space folded to single blanks."""
    return " ".join(re.sub(r"[\\*`]", "", passage).split())


def quote_digest(passage: str) -> str:
    """SHA-256 of the normalised passage in UTF-8, as lower-case hexadecimal digits."""
    return hashlib.sha256(normalised(passage).encode()).hexdigest()


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Document(_Entry):
    vendor: Sentence
    product: Sentence
    subject: Sentence
    sha256: Digest


class _Requirement(_Entry):
    document: str
    section: Sentence
    kind: Literal["behaviour", "limit", "feature", "organisational"]
    severity: Literal["blocker", "critical", "normal", "minor"]
    title: Sentence
    quotes: Annotated[tuple[Digest, ...], Field(min_length=1)]
    not_addressed: Sentence | None = None


class _File(_Entry):
    version: Literal[1]
    documents: dict[str, _Document]
    requirements: dict[Id, _Requirement]
