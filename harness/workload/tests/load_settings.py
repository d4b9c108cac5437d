"""Settings that several tests start from."""

from pathlib import Path
from typing import Any

from hadrill.harness.model.operation import Way
from hadrill.harness.workload.settings import (
    ClientSettings,
    LoadSettings,
    StubbornSettings,
    VisitorSettings,
    WitnessSettings,
    WriterSettings,
)

KINDS: dict[str, type[WriterSettings | StubbornSettings | WitnessSettings | VisitorSettings]] = {
    "writer": WriterSettings,
    "stubborn": StubbornSettings,
    "witness": WitnessSettings,
    "visitor": VisitorSettings,
}


def client(kind: str = "writer", **changes: Any) -> ClientSettings:
    """A client of that kind over the address, at a port where nobody listens."""
    plain = {"name": kind, "way": Way.ADDRESS, "host": "127.0.0.1", "port": 9, "user": "owner", "password": "s3cret"}
    return KINDS[kind].model_validate(plain | changes)


def load(folder: Path, *clients: ClientSettings, **changes: Any) -> LoadSettings:
    """A load of these clients, which leaves its segments in that folder."""
    plain = {"run_folder": folder, "scenario": "ha-4", "segment_prefix": "operations/ha-4", "servers": {"7": 0}}
    return LoadSettings.model_validate(plain | {"clients": clients or (client(),)} | changes)
