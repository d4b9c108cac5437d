"""The catalogue that comes with hadrill, and how a quoted place is hashed."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from hadrill.harness.drill.catalogue import load_catalogue, normalised, quote_digest
from hadrill.harness.errors import WrongCall

SHARED = Path(os.environ.get("HADRILL_SHARED", ""))
needs_documents = pytest.mark.skipif(
    not os.environ.get("HADRILL_SHARED"), reason="HADRILL_SHARED does not name the folder of the documents"
)


def quoted_places() -> Iterator[tuple[str, list[str]]]:
    """Clause id and quotes, as the list of clauses beside the documents gives them."""
    for clause in yaml.safe_load((SHARED / "clauses.yaml").read_text())["clauses"]:
        quotes = clause["quote"]
        yield clause["id"], quotes if isinstance(quotes, list) else [quotes]


def test_every_clause_is_there() -> None:
    """Eleven clauses of the switch document, fourteen of the HA document, twenty of the DR document."""
    expected = [f"{prefix}-{n}" for prefix, last in (("SW", 11), ("HA", 14), ("DR", 20)) for n in range(1, last + 1)]
    assert list(load_catalogue().requirements) == expected


def test_an_id_tells_the_document() -> None:
    """The letters of an id and the document agree."""
    documents = {"SW": "switch", "HA": "ha", "DR": "dr"}
    requirements = load_catalogue().requirements.values()
    assert {requirement.id: documents[requirement.id[:2]] for requirement in requirements} == {
        requirement.id: requirement.document for requirement in requirements
    }


def test_no_two_promises_read_alike() -> None:
    """Titles are short and tell the clauses apart."""
    titles = [requirement.title for requirement in load_catalogue().requirements.values()]
    assert sorted(set(titles)) == sorted(titles)
    assert max(map(len, titles)) <= 120


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("the rack \\(of the **primary**\\)", "the rack (of the primary)"),
        (" one\n\ttwo   three ", "one two three"),
        ("`SELECT` * under_score", "SELECT under_score"),
    ],
)
def test_markdown_and_line_breaks_do_not_matter(passage: str, expected: str) -> None:
    """A place reads the same in the document's source and on its page."""
    assert normalised(passage) == expected


def test_a_requirement_needs_its_document(tmp_path: Path) -> None:
    """A requirement of a document that is not described is refused."""
    path = tmp_path / "requirements.yaml"
    path.write_text(
        "version: 1\ndocuments: {}\nrequirements:\n  XX-1: {document: x, section: s, kind: limit, severity: minor,"
        f" title: t, quotes: [{'a' * 64}]}}\n"
    )
    with pytest.raises(WrongCall, match=r"XX-1 comes from 'x', which is not among the documents"):
        load_catalogue(path)


@needs_documents
def test_the_hashes_are_those_of_the_quoted_places() -> None:
    """Each clause carries the hash of each of its quotes, in order."""
    requirements = load_catalogue().requirements
    expected = {clause: tuple(map(quote_digest, quotes)) for clause, quotes in quoted_places()}
    assert {clause: requirement.quotes for clause, requirement in requirements.items()} == expected


@needs_documents
def test_the_quoted_places_are_in_the_documents() -> None:
    """Each quote is found in its document once both are normalised."""
    files = yaml.safe_load((SHARED / "clauses.yaml").read_text())["sources"]
    texts = {name: normalised((SHARED / "sources" / file).read_text()) for name, file in files.items()}
    requirements = load_catalogue().requirements
    strays = [
        clause
        for clause, quotes in quoted_places()
        if not all(normalised(quote) in texts[requirements[clause].document] for quote in quotes)
    ]
    assert strays == []


@needs_documents
def test_no_sentence_of_the_documents_stands_in_the_catalogue() -> None:
    """Titles and sections are our own words."""
    texts = " ".join(normalised(file.read_text()).lower() for file in (SHARED / "sources").iterdir())
    requirements = load_catalogue().requirements.values()
    assert [requirement.id for requirement in requirements if requirement.title.lower() in texts] == []
