"""What foreground and holder tell each other."""

from hadrill.environments.embedded.site import Parts
from hadrill.harness.engines.mysql.installation import Installation
from hadrill.harness.live.messages import Message, Orders, message_from, orders_from


def test_orders_arrive_as_they_were_sent() -> None:
    """In one line, with paths and tuples as such."""
    mysql = Installation(("ld.so", "mysqld"), "9.7.4", ("--basedir=/b",), "0a", "named", ("old",))
    orders = Orders("ha", Parts(mysql, ("haproxy",), ("toxiproxy",)), "/records", ("mysql",))
    assert (orders_from(orders.line()), orders.line().count("\n")) == (orders, 1)


def test_a_message_arrives_as_it_was_sent() -> None:
    """In one line, though its text has two."""
    message = Message("failed", "MySQL is missing.\nTried: nothing", 4)
    assert (message_from(message.line()), message.line().count("\n")) == (message, 1)
