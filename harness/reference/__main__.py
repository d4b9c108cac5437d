"""Start the manager: ``python -m hadrill.harness.reference SETTINGS.json``."""

import logging
import socket
import sys
import threading
from pathlib import Path

import uvicorn

from hadrill.harness.reference.address import Addresses
from hadrill.harness.reference.api import build_app
from hadrill.harness.reference.database import StoreTrouble
from hadrill.harness.reference.last_words import end_the_program
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.own_change import make_change
from hadrill.harness.reference.settings import read_settings
from hadrill.harness.reference.store import Store
from hadrill.harness.reference.work import Work


def main() -> None:
    """Serve until told to stop; a second manager on the same address ends before it does anything."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.INFO)
    threading.excepthook = end_the_program
    settings = read_settings(Path(sys.argv[1]))
    if settings.change:
        make_change(settings.change)
    try:
        store = Store(settings.state)
    except StoreTrouble as trouble:
        sys.exit(str(trouble))
    work = Work(settings, store, Addresses(Path(settings.inventory.address_control)))
    app = build_app(Manager(work), settings.token)
    config = uvicorn.Config(
        app,
        host=settings.listen.host,
        port=settings.listen.port,
        log_level="warning",
        access_log=False,
        timeout_keep_alive=600,  # a client that asks again just as its connection is closed would be reset
    )
    listener = config.bind_socket()  # ends the program where another one listens
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # uvicorn's has not: each answer would take 40 ms
    listener.listen()
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main()
