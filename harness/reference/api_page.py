"""The API's description as one page that loads nothing from anywhere."""

from collections.abc import Iterator
from html import escape
from typing import Any

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{title}</title>
<style>body{{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}}
code{{background:#eee;padding:0 .3em}}
td,th{{text-align:left;padding:.2em 1em .2em 0;vertical-align:top}}</style>
<h1>{title}</h1><p>Every call under <code>/v1</code> carries <code>Authorization: Bearer TOKEN</code>.
For machines: <a href="/openapi.json">openapi.json</a>.</p>{calls}</html>
"""


def api_page(description: dict[str, Any]) -> str:
    """HTML of an OpenAPI description: each call with what it takes and what it answers."""
    calls = "".join(
        _call(path, verb, call) for path, verbs in description["paths"].items() for verb, call in verbs.items()
    )
    return PAGE.format(title=escape(description["info"]["title"]), calls=calls)


def _call(path: str, verb: str, call: dict[str, Any]) -> str:
    rows = "".join(f"<tr><th>{escape(status)}</th><td>{escape(text)}</td></tr>" for status, text in _answers(call))
    takes = call.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {}).get("$ref", "")
    body = f"<p>Takes <code>{escape(takes.rsplit('/', 1)[-1])}</code>.</p>" if takes else ""
    head = f"<h2><code>{escape(verb.upper())} {escape(path)}</code></h2>"
    return f"{head}<p>{escape(call.get('description', ''))}</p>{body}<table>{rows}</table>"


def _answers(call: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for status, answer in call["responses"].items():
        yield status, answer.get("description", "")
