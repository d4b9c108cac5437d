"""What each kind of client is told."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, TypeAdapter, field_serializer

from hadrill.harness.model.instance import Account, Endpoint
from hadrill.harness.model.operation import Way

SMALLEST_LARGE: Final = 64 * 1024
LARGEST: Final = 1024 * 1024


class _ClientSettings(BaseModel):
    """What every kind of client has.

    Attributes:
        server: index into the roster's servers where the port belongs to one node; None for the address.
        pace_ms: milliseconds from one send to the next; 0 sends as fast as answers come.
        connect_timeout_s: seconds for TCP, and again for each answer of the login: a proxy accepts connections for a
            dead server too.
        request_timeout_s: seconds for the answer to a statement.
        first_key: keys count up from it; None leaves the choice to the client's place in the roster.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    name: str = Field(min_length=1)
    way: Way
    host: str
    port: int = Field(gt=0, lt=65536)
    user: str
    password: SecretStr
    server: int | None = Field(default=None, ge=0)
    pace_ms: float = Field(ge=0)
    connect_timeout_s: float = Field(default=1.0, gt=0)
    request_timeout_s: float = Field(gt=0)
    first_key: int | None = Field(default=None, gt=0)

    @field_serializer("password", when_used="json")
    def _reveal(self, password: SecretStr) -> str:
        """JSON is written for the load's own pipe alone; repr and str stay masked."""
        return password.get_secret_value()

    @property
    def endpoint(self) -> Endpoint:
        """Where it connects to."""
        return Endpoint(self.host, self.port)

    @property
    def account(self) -> Account:
        """Whom it connects as."""
        return Account(self.user, self.password.get_secret_value())


class _WritingSettings(_ClientSettings):
    """What a customer's clients that write have in common: they wait this long for an answer."""

    request_timeout_s: float = Field(default=10.0, gt=0)


class WriterSettings(_WritingSettings):
    """A customer's client: writes, and connects again after an error."""

    kind: Literal["writer"] = "writer"
    pace_ms: float = Field(default=10.0, ge=0)


class HeartSettings(_WritingSettings):
    """A writer whose rows come at a steady pace, so that what a reader shows has an age."""

    kind: Literal["heart"] = "heart"
    pace_ms: float = Field(default=20.0, gt=0)


class LargeSettings(_WritingSettings):
    """A writer of large rows.

    Attributes:
        body_bytes: size of each row's body.
    """

    kind: Literal["large"] = "large"
    body_bytes: int = Field(default=SMALLEST_LARGE, ge=SMALLEST_LARGE, le=LARGEST)
    pace_ms: float = Field(default=200.0, ge=0)


class TransferSettings(_WritingSettings):
    """A client that moves money between two accounts and writes a row, in one transaction."""

    kind: Literal["transfer"] = "transfer"
    pace_ms: float = Field(default=50.0, ge=0)


class BatchSettings(_WritingSettings):
    """A client that writes several rows in one transaction.

    Attributes:
        rows: in each transaction.
    """

    kind: Literal["batch"] = "batch"
    rows: int = Field(default=10, ge=2, le=1000)
    pace_ms: float = Field(default=200.0, ge=0)


class StubbornSettings(_ClientSettings):
    """A client without a reconnection: once its connection broke it keeps trying on that one (SW-7).

    It waits long for answers, so that what breaks its connection is the service and not its own patience.
    """

    kind: Literal["stubborn"] = "stubborn"
    pace_ms: float = Field(default=50.0, ge=0)
    request_timeout_s: float = Field(default=30.0, gt=0)


class WitnessSettings(_ClientSettings):
    """A neighbour of one server: tries to write there past every link, so that two primaries are seen (HA-2)."""

    kind: Literal["witness"] = "witness"
    pace_ms: float = Field(default=50.0, ge=0)
    connect_timeout_s: float = Field(default=0.5, gt=0)
    request_timeout_s: float = Field(default=0.5, gt=0)


class VisitorSettings(_ClientSettings):
    """A client that knocks: logs in, reads, writes and leaves, again and again (SW-3, HA-12).

    Attributes:
        writes: False for one that only reads.
    """

    kind: Literal["visitor"] = "visitor"
    writes: bool = True
    pace_ms: float = Field(default=200.0, ge=0)
    request_timeout_s: float = Field(default=1.0, gt=0)


class ReaderSettings(_ClientSettings):
    """A client that looks at one server, again and again: which rows does it show, and what do all accounts hold?

    Attributes:
        watches: names of the clients of this load whose newest rows it looks for.
        total_every: every so many looks it adds up the accounts; 0 never does.
    """

    kind: Literal["reader"] = "reader"
    watches: tuple[str, ...] = Field(min_length=1)
    total_every: int = Field(default=10, ge=0)
    pace_ms: float = Field(default=50.0, gt=0)
    request_timeout_s: float = Field(default=1.0, gt=0)


ClientSettings = Annotated[
    WriterSettings
    | HeartSettings
    | LargeSettings
    | TransferSettings
    | BatchSettings
    | StubbornSettings
    | WitnessSettings
    | VisitorSettings
    | ReaderSettings,
    Field(discriminator="kind"),
]

_CLIENT: Final[TypeAdapter[ClientSettings]] = TypeAdapter(ClientSettings, config=ConfigDict(hide_input_in_errors=True))


def client_settings(fields: Mapping[str, Any]) -> ClientSettings:
    """The settings of a client of the kind that the fields name.

    Raises:
        pydantic.ValidationError: they do not fit that kind; no value is quoted.
    """
    return _CLIENT.validate_python(dict(fields))
