"""Settings of the embedded environment, read from ``environments/settings/embedded.yaml``."""

import ipaddress
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from hadrill.harness.yaml_file import read_yaml

SETTINGS_FILE: Final = Path(__file__).parent.parent / "settings" / "embedded.yaml"

Port = Annotated[int, Field(ge=1024, le=32000)]  # below the ports that the kernel hands out to clients

Timeout = Annotated[float, Field(gt=0, le=3600)]  # the room waits for no program any longer

PROXY_PORTS: Final = 1000
"""So many may be taken from the proxies' first one up; thirty nodes with a link between any two need them."""


class EmbeddedSettings(BaseModel):
    """How the embedded environment lays itself out; the settings file says what each is for.

    Attributes:
        work_root: folder in which each run's work folder is made; None: chosen where it is needed (work_folder.py).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    base_port: Port
    proxy_base_port: Port
    control_base_port: Port
    networks: str
    buffer_pool_mib: Annotated[int, Field(ge=5, le=65536)]
    redo_log_mib: Annotated[int, Field(ge=8, le=65536)]
    least_free_mib: Annotated[int, Field(ge=0)]
    memory_least_free_mib: Annotated[int, Field(ge=0)]
    ready_timeout_s: Timeout
    initialise_timeout_s: Timeout
    namespaces: Literal["auto", "never"]
    work_root: Path | None = None

    @field_validator("networks")
    @classmethod
    def _loopback(cls, value: str) -> str:
        network = ipaddress.IPv4Network(value)
        if not network.is_loopback or network.prefixlen > 24:
            raise ValueError("must be a network within 127.0.0.0/8 that holds a /24")
        return value

    @field_validator("control_base_port")
    @classmethod
    def _apart(cls, value: int, info: ValidationInfo) -> int:
        """Toxiproxy's API and its proxies listen on one address; all else has an address of its own."""
        first = info.data.get("proxy_base_port")
        if first is not None and first <= value < first + PROXY_PORTS:
            last = first + PROXY_PORTS - 1
            raise ValueError(f"is among the ports of the links' proxies, {first} to {last}; choose one outside of them")
        return value

    @property
    def variables(self) -> dict[str, str]:
        """System variables that every server starts with."""
        return {
            "innodb_buffer_pool_size": f"{self.buffer_pool_mib}M",
            "innodb_redo_log_capacity": f"{self.redo_log_mib}M",
        }


def load_settings(path: Path = SETTINGS_FILE) -> EmbeddedSettings:
    """Read settings from a file.

    Raises:
        WrongCall: the file cannot be read or is malformed; names the line or field.
    """
    return read_yaml(path, EmbeddedSettings)
