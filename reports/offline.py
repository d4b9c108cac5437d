"""Takes from a page of HTML what it would load from a foreign host at opening, and forbids the rest; pure.

Allure 3 puts Google's tag manager into every report and has no option against it (plugin-awesome, generators.js).
"""

import re
from html.parser import HTMLParser
from typing import Final

FOREIGN: Final = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
FOREIGN_SCRIPT: Final = re.compile(
    r"<script\b[^>]*?\bsrc\s*=\s*[\"']?(?:https?:)?//[^>]*>\s*</script\s*>", re.IGNORECASE
)
TAG_MANAGER: Final = re.compile(r"<script>\s*window\.dataLayer\b(?:(?!</script).)*?</script\s*>", re.DOTALL)
POLICY: Final = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src data: blob: 'unsafe-inline' 'unsafe-eval'; form-action 'none'\">"
)
LOADING: Final = {"src", "srcset", "data", "poster", "action", "background", "manifest"}
SHOWN_CHARACTERS: Final = 80


def made_offline(page: str) -> str:
    """The page without foreign scripts, and with a policy under which a browser loads nothing but what is in it."""
    page = TAG_MANAGER.sub("", FOREIGN_SCRIPT.sub("", page))
    return re.sub(r"<head\b[^>]*>", lambda head: head[0] + POLICY, page, count=1, flags=re.IGNORECASE)


def foreign_loads(page: str) -> tuple[str, ...]:
    """Addresses on foreign hosts that the page's elements would load at opening; links to follow are none."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return tuple(reader.found)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            loads = name in LOADING or (name == "href" and tag == "link")
            if loads and value and FOREIGN.match(value):
                self.found.append(value.strip()[:SHOWN_CHARACTERS])
