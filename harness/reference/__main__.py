"""Start the manager: ``python -m hadrill.harness.reference SETTINGS.json``."""

import logging
import sys
from pathlib import Path

import uvicorn

from hadrill.harness.reference.address import Addresses
from hadrill.harness.reference.api import build_app
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.settings import read_settings
from hadrill.harness.reference.store import Store
from hadrill.harness.reference.work import Work


def main() -> None:
    """Serve until told to stop; a second manager on the same address ends at once."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s", level=logging.INFO)
    settings = read_settings(Path(sys.argv[1]))
    store = Store(settings.state)
    work = Work(settings, store, Addresses(Path(settings.inventory.address_control)))
    app = build_app(Manager(work), store, settings.token)
    uvicorn.run(app, host=settings.listen.host, port=settings.listen.port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
