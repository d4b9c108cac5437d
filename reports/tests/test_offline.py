"""A page that loads nothing from a foreign host."""

import pytest

from hadrill.reports.offline import foreign_loads, made_offline

TRACKED = """<!DOCTYPE html><html><head lang="en"><title>x</title></head><body>
<script src="data:text/javascript;base64,MSsx"></script>
<script async src="https://www.googletagmanager.com/gtag/js?id=G-1"></script>
<script>
    window.dataLayer = window.dataLayer || [];
    function gtag(){dataLayer.push(arguments);}
    gtag('config', 'G-1');
</script>
<script>window.kept = "yes";</script>
<a href="https://example.org/manual">manual</a></body></html>"""


def test_the_tag_manager_and_its_call_are_gone() -> None:
    """What the page does itself is kept."""
    page = made_offline(TRACKED)
    assert [False, False, True, True] == [
        word in page for word in ("googletagmanager", "gtag", "window.kept", "base64,MSsx")
    ]


def test_a_browser_is_told_to_load_nothing_foreign() -> None:
    """The policy stands first in the head, before anything that it governs."""
    page = made_offline(TRACKED)
    expected = '<head lang="en"><meta http-equiv="Content-Security-Policy" content="default-src data: blob:'
    assert expected in page


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<script src="https://a.example/x.js"></script>', ("https://a.example/x.js",)),
        ("<img src=//b.example/x.png>", ("//b.example/x.png",)),
        ('<link rel="stylesheet" href="HTTP://c.example/x.css">', ("HTTP://c.example/x.css",)),
        ('<iframe src=" https://d.example"></iframe>', ("https://d.example",)),
        ('<a href="https://e.example">to follow</a>', ()),
        ('<img src="data:image/png;base64,AA==">', ()),
        ('<svg xmlns="http://www.w3.org/2000/svg"></svg>', ()),
    ],
)
def test_what_an_element_would_load_is_found(markup: str, expected: tuple[str, ...]) -> None:
    """Scripts, pictures, styles and frames load at opening; a link waits to be followed, a name space is a name."""
    assert expected == foreign_loads(f"<html><body>{markup}</body></html>")


def test_a_tracked_page_is_found_out_before_and_clean_after() -> None:
    """The check sees what the cleaning takes away."""
    assert (("https://www.googletagmanager.com/gtag/js?id=G-1",), ()) == (
        foreign_loads(TRACKED),
        foreign_loads(made_offline(TRACKED)),
    )
