"""The embedded environment's settings."""

from pathlib import Path

import pytest

from hadrill.environments.embedded.settings import SETTINGS_FILE, load_settings
from hadrill.harness.errors import WrongCall


def test_those_that_come_with_us_are_read() -> None:
    """Servers listen on 13306 unless told otherwise."""
    assert load_settings().base_port == 13306


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("base_port: 13306", "base_port: 80", "base_port"),
        ("127.83.0.0/16", "10.0.0.0/16", "networks"),
        ("namespaces: auto", "namespaces: perhaps", "namespaces"),
        ("redo_log_mib: 32", "redo_log_mib: 4", "redo_log_mib"),
        ("control_base_port: 13900", "control_base_port: 14000", "control_base_port: .*, 14000 to 14999; choose one"),
        ("control_base_port: 13900", "control_base_port: 14999", "control_base_port"),
        ("proxy_base_port: 14000", "proxy_base_port: 13800", "control_base_port: .*, 13800 to 14799; choose one"),
        ("ready_timeout_s: ", "ready_timeout_s: .inf # ", "ready_timeout_s"),
        ("ready_timeout_s: ", "ready_timeout_s: .nan # ", "ready_timeout_s"),
        ("initialise_timeout_s: ", "initialise_timeout_s: 3601 # ", "initialise_timeout_s"),
        ("buffer_pool_mib", "bufer_pool_mib", "bufer_pool_mib|buffer_pool_mib"),
    ],
)
def test_a_bad_value_is_refused_with_its_field(tmp_path: Path, old: str, new: str, field: str) -> None:
    """Nothing outside loopback, no port of the system's or of two programs, no option that does not exist."""
    path = tmp_path / "embedded.yaml"
    path.write_text(SETTINGS_FILE.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(WrongCall, match=rf"embedded\.yaml:\d+: ({field})"):
        load_settings(path)
