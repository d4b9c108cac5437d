"""Links of a site: what stood on one does not keep it from being whole again."""

import contextlib
import socket
import time
from collections.abc import Iterator

import pymysql
import pytest

from hadrill.environments.embedded.site import EmbeddedSite
from hadrill.environments.embedded.tests.real import OWNER, start_node, two_racks
from hadrill.environments.toxics import LinkToxic, Stream, Toxic, hold, latency
from hadrill.harness.model.topology import Link

pytestmark = pytest.mark.e2e

LINK = Link("b1", "a1")


@pytest.fixture(scope="module")
def site() -> Iterator[EmbeddedSite]:
    """A site whose node a1 is up."""
    with two_racks() as site:
        start_node(site, "a1")
        yield site


@pytest.mark.parametrize(
    "toxic", [hold(Stream.DOWNSTREAM), latency(Stream.DOWNSTREAM, 1000)], ids=["held", "a second late"]
)
def test_what_is_held_for_nobody_does_not_hold_the_heal(site: EmbeddedSite, toxic: Toxic) -> None:
    """Toxiproxy by itself waits 5 s for each piece that it held for a connection whose reader has gone."""
    way = site.inventory.route(LINK.source, LINK.target)
    reader = pymysql.connect(host=way.host, port=way.port, user=OWNER.user, password=OWNER.password, read_timeout=0.5)
    site.links.apply([LinkToxic(LINK, toxic)])
    with contextlib.suppress(pymysql.OperationalError):  # the answer does not come in time
        reader.query("SELECT REPEAT('x', 3000000)")
    began_s = time.monotonic()
    site.links.heal([LINK])
    assert time.monotonic() - began_s < 4


def test_a_closed_link_refuses_until_it_is_healed(site: EmbeddedSite) -> None:
    """Connections that it had end at once."""
    way = site.inventory.route(LINK.source, LINK.target)
    with socket.create_connection((way.host, way.port), timeout=5) as connection:
        connection.recv(4096)
        site.links.close([LINK])
        assert connection.recv(1) == b""
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((way.host, way.port), timeout=5)
        assert not site.links.states([LINK])[LINK].is_open
    site.links.heal([LINK])
    with socket.create_connection((way.host, way.port), timeout=5) as connection:
        assert connection.recv(1)
