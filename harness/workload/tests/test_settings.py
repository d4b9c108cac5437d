"""What the load process is told."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from hadrill.harness.model.operation import Client, Roster, Way
from hadrill.harness.workload.settings import CLIENTS_PER_BLOCK, KEYS_PER_CLIENT, LoadSettings, first_key
from hadrill.harness.workload.tests.load_settings import KINDS, client, load


def test_password_is_in_the_line_alone(tmp_path: Path) -> None:
    """The line for the process carries the password; nothing that is printed does."""
    settings = load(tmp_path)
    assert "s3cret" in settings.model_dump_json()
    assert "s3cret" not in f"{settings} {settings!r} {settings.clients[0].account}"


def test_password_is_in_no_error(tmp_path: Path) -> None:
    """A complaint about settings does not quote them."""
    line = load(tmp_path).model_dump_json().replace('"port":9', '"port":"s3cret"')
    for refused in (lambda: LoadSettings.model_validate_json(line), lambda: client(port="s3cret")):
        with pytest.raises(ValidationError) as caught:
            refused()
        assert "s3cret" not in str(caught.value)


def test_settings_survive_the_pipe(tmp_path: Path) -> None:
    """What the process reads is what the harness wrote."""
    settings = load(tmp_path, *(client(kind) for kind in KINDS))
    assert settings == LoadSettings.model_validate_json(settings.model_dump_json())


def test_clients_keys_do_not_meet(tmp_path: Path) -> None:
    """Each client has a range of keys of its own, and 0 is none of them."""
    settings = load(tmp_path, client(name="a"), client(name="b"), client(name="c", first_key=1 << 60))
    assert settings.first_keys() == (1, (1 << 40) + 1, 1 << 60)
    assert first_key(3) == (3 << 40) + 1


def test_loads_keys_do_not_meet(tmp_path: Path) -> None:
    """Two loads with a block each share no key, however many clients the first one has."""
    last = load(tmp_path, *(client(name=str(number)) for number in range(CLIENTS_PER_BLOCK))).first_keys()[-1]
    assert load(tmp_path, key_block=1).first_keys() == (last + KEYS_PER_CLIENT,)


def test_what_is_watched_is_there(tmp_path: Path) -> None:
    """A reader of a client that the load does not have would show nothing for ever."""
    with pytest.raises(ValidationError, match="reader watches heart, which the load does not have"):
        load(tmp_path, client(), client("reader", watches=("writer", "heart")))


@pytest.mark.parametrize(
    ("clients", "complaint"),
    [
        ((client(name="a", first_key=5), client(name="b", first_key=6)), "keys each"),
        ((client(name="a"), client(name="a")), "share a name"),
        ((), "at least 1 item"),
    ],
)
def test_clients_are_told_apart(tmp_path: Path, clients: tuple[object, ...], complaint: str) -> None:
    """Two clients share neither a name nor a key, and there is at least one."""
    with pytest.raises(ValidationError, match=complaint):
        load(tmp_path, clients=clients)


@pytest.mark.parametrize("prefix", ["../elsewhere", "/etc/passwd", "a//b", "", "a/../../b"])
def test_segments_stay_in_the_run(tmp_path: Path, prefix: str) -> None:
    """A segment is never written outside the run's folder."""
    with pytest.raises(ValidationError, match="segment prefix"):
        load(tmp_path, segment_prefix=prefix)


@pytest.mark.parametrize("table", ["ledger", "a.b; DROP TABLE c", "`a`.b", "a.b.c"])
def test_table_is_a_plain_name(tmp_path: Path, table: str) -> None:
    """The table's name goes into statements as it is, so it can be nothing but a name."""
    with pytest.raises(ValidationError, match=r"schema\.table"):
        load(tmp_path, table=table)


def test_roster_names_the_columns(tmp_path: Path) -> None:
    """The roster lists the clients in their order; only the stubborn one does not reconnect."""
    settings = load(tmp_path, client(), client("stubborn"), client("witness", way=Way.RACK, user="root"))
    assert settings.roster(("a1", "b1")) == Roster(
        clients=(
            Client("writer", Way.ADDRESS, "owner"),
            Client("stubborn", Way.ADDRESS, "owner", reconnects=False),
            Client("witness", Way.RACK, "root"),
        ),
        servers=("a1", "b1"),
    )
