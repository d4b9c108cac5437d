"""Settings that several tests start from."""

from pathlib import Path
from typing import Any

from hadrill.harness.model.operation import Way
from hadrill.harness.workload.client_settings import ClientSettings, client_settings
from hadrill.harness.workload.settings import LoadSettings

KINDS = ("writer", "heart", "large", "transfer", "batch", "stubborn", "witness", "visitor", "reader")


def client(kind: str = "writer", **changes: Any) -> ClientSettings:
    """A client of that kind over the address, at a port where nobody listens."""
    plain: dict[str, Any] = {"kind": kind, "name": kind, "way": Way.ADDRESS, "host": "127.0.0.1", "port": 9}
    plain |= {"user": "owner", "password": "s3cret"} | ({"watches": ("writer",)} if kind == "reader" else {})
    return client_settings(plain | changes)


def load(folder: Path, *clients: ClientSettings, **changes: Any) -> LoadSettings:
    """A load of these clients, which leaves its segments in that folder."""
    plain = {"run_folder": folder, "scenario": "ha-4", "segment_prefix": "operations/ha-4", "servers": {"7": 0}}
    return LoadSettings.model_validate(plain | {"clients": clients or (client(),)} | changes)
