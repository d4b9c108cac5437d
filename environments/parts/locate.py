"""Finds the parts of a drill, and fetches what is missing.

Each part is looked for where the user named it, on PATH, in the cache, and at its registry, in this order
(design decision 13). A part that the user named is used or refused, never replaced by another.
"""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from hadrill.environments.parts import allure, wanted
from hadrill.environments.parts.debian import fetch_tree
from hadrill.environments.parts.places import NotHere
from hadrill.environments.parts.program import Program
from hadrill.environments.parts.progress import Progress
from hadrill.environments.parts.search import Fetch, Once, find
from hadrill.environments.parts.settings import PartSettings
from hadrill.environments.parts.shelf import Shelf
from hadrill.environments.parts.tested import differences
from hadrill.environments.parts.toxiproxy import fetch_toxiproxy
from hadrill.environments.parts.wanted import P
from hadrill.harness.engines.mysql.installation import Installation
from hadrill.harness.errors import PartMissing


@dataclass(frozen=True, slots=True)
class Parts:
    """All that a drill on this machine is built of; without Allure the report is a plain page."""

    mysql: Installation
    haproxy: Program
    toxiproxy: Program
    allure: Program | None


def locate_mysql(settings: PartSettings, progress: Progress) -> Installation:
    """MySQL's server.

    Raises:
        PartMissing: no place has one; lists each with what came back, and what to do.
    """
    return find(wanted.mysql(settings), settings, partial(fetch_tree, settings, progress, ["mysql"]))


def locate_haproxy(settings: PartSettings, progress: Progress) -> Program:
    """HAProxy.

    Raises:
        PartMissing: as for MySQL.
    """
    return find(wanted.haproxy(settings), settings, partial(fetch_tree, settings, progress, ["haproxy"]))


def locate_toxiproxy(settings: PartSettings, progress: Progress) -> Program:
    """Toxiproxy's server.

    Raises:
        PartMissing: as for MySQL.
    """
    return find(wanted.toxiproxy_server(settings), settings, partial(fetch_toxiproxy, settings, progress))


def locate_allure(settings: PartSettings, progress: Progress) -> Program | None:
    """Allure, or None where there is no Node or npm could not install it; the progress is told why."""
    try:
        return find_allure(settings, partial(allure.fetch_allure, settings, progress))
    except NotHere as error:
        progress.say(f"allure: {error}; the report will be a plain page")
        return None


def locate_all(settings: PartSettings, progress: Progress) -> Parts:
    """All parts; what is missing is fetched side by side.

    Raises:
        PartMissing: for all needed parts that are missing, not only for the first.
    """
    with ThreadPoolExecutor(1) as pool:
        pages = pool.submit(locate_allure, settings, progress)
        mysql, haproxy, toxiproxy = locate_needed(settings, progress)
    return Parts(mysql, haproxy, toxiproxy, pages.result())


def locate_needed(settings: PartSettings, progress: Progress) -> tuple[Installation, Program, Program]:
    """MySQL, HAProxy and Toxiproxy, without which there is no drill; what is missing is fetched side by side.

    Raises:
        PartMissing: for all parts that are missing, not only for the first.
    """
    _refuse_what_is_named_wrongly(settings, progress)
    with ThreadPoolExecutor(2) as pool:
        servers = pool.submit(_locate_servers, settings, progress)
        toxiproxy = pool.submit(locate_toxiproxy, settings, progress)
    errors = (servers.exception(), toxiproxy.exception())
    if missing := [str(error) for error in errors if isinstance(error, PartMissing)]:
        raise PartMissing("\n".join(missing))
    return *servers.result(), toxiproxy.result()


def find_allure(settings: PartSettings, fetch: Fetch) -> Program:
    """Allure from the cache or its registry.

    Raises:
        NotHere: there is no Node, or neither has it.
    """
    node = shutil.which("node", path=settings.path)
    if node is None:
        raise NotHere("there is no node on PATH")
    try:
        found = allure.shelved_allure(Shelf(settings.cache).find(allure.shelf_name(), "allure"), node, "cache")
    except NotHere:
        if not settings.fetch:
            raise
        found = allure.shelved_allure(fetch(), node, "fetched")
    return replace(found, warnings=differences("allure", found.version))


def _refuse_what_is_named_wrongly(settings: PartSettings, progress: Progress) -> None:
    """Have a wrong name told at once, not after all else was fetched."""
    here = replace(settings, fetch=False)
    if settings.mysqld:
        locate_mysql(here, progress)
    if settings.haproxy:
        locate_haproxy(here, progress)
    if settings.toxiproxy:
        locate_toxiproxy(here, progress)


def _locate_servers(settings: PartSettings, progress: Progress) -> tuple[Installation, Program]:
    """MySQL and HAProxy; where both are missing they are fetched as one tree, since they share libraries."""
    here = replace(settings, fetch=False)
    mysql = _unless_missing(partial(locate_mysql, here, progress))
    haproxy = _unless_missing(partial(locate_haproxy, here, progress))
    lacking = [name for name, found in (("mysql", mysql), ("haproxy", haproxy)) if isinstance(found, PartMissing)]
    tree = Once(partial(fetch_tree, settings, progress, lacking))
    if isinstance(mysql, PartMissing):
        mysql = _unless_missing(partial(find, wanted.mysql(settings), settings, tree))
    if isinstance(haproxy, PartMissing):
        haproxy = _unless_missing(partial(find, wanted.haproxy(settings), settings, tree))
    if isinstance(mysql, PartMissing) or isinstance(haproxy, PartMissing):
        raise PartMissing("\n".join(str(found) for found in (mysql, haproxy) if isinstance(found, PartMissing)))
    return mysql, haproxy


def _unless_missing(locate: Callable[[], P]) -> P | PartMissing:
    try:
        return locate()
    except PartMissing as error:
        return error
