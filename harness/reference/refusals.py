"""Every refusal that the API gives: a documented code, an HTTP status and a sentence; nothing was changed."""

from enum import StrEnum


class Code(StrEnum):
    """Documented error codes."""

    INVALID_REQUEST = "InvalidRequest"
    NOT_FOUND = "InstanceNotFound"
    NO_SUCH_OPERATION = "OperationNotFound"
    UNAUTHORIZED = "Unauthorized"
    EDITION_HAS_NO_SECONDARY = "EditionHasNoSecondary"
    SECOND_REGION = "PairAcrossRegions"
    UNKNOWN_PLACE = "UnknownPlace"
    NO_ROOM = "NoRoom"
    BUSY = "OperationInProgress"
    NOT_PROTECTED = "NotProtected"
    NOT_RUNNING = "InstanceNotRunning"
    DOWNGRADE = "DowngradeNotSupported"
    SETTING_NOT_ALLOWED = "SettingNotAllowed"
    SWITCH_WAITS = "SwitchAlreadyWaits"
    NO_SWITCH_WAITS = "NoSwitchWaits"
    IS_READ_ONLY = "InstanceIsReadOnly"
    HAS_READ_ONLY = "InstanceHasReadOnly"
    NO_SUCH_CALL = "NoSuchCall"
    WRONG_METHOD = "MethodNotAllowed"
    STATE_UNAVAILABLE = "StateUnavailable"
    NOT_ON_DISASTER_RECOVERY = "NotOnDisasterRecovery"
    NOT_DISASTER_RECOVERY = "NotDisasterRecovery"
    MASTER_TOO_OLD = "MasterVersionTooOld"
    MASTER_WITHOUT_GTID = "MasterWithoutGtid"
    SAME_REGION = "SameRegion"
    SYNCHRONIZATION_EXISTS = "SynchronizationExists"
    NO_SUCH_TABLE = "NoSuchTable"
    DESTINATION_NOT_EMPTY = "DestinationNotEmpty"
    PROMOTED_FOR_GOOD = "PromotedForGood"
    CONFIRMATION_MISSING = "ConfirmationMissing"
    MASTER_MAY_BE_ALIVE = "MasterMayBeAlive"
    NEVER_SYNCHRONIZED = "NeverSynchronized"
    VERIFICATION_FAILED = "VerificationFailed"
    NOT_OFFERED = "NotOffered"
    SQL_REFUSED = "SqlRefused"
    NO_ANSWER = "NoAnswer"
    UNKNOWN_CHARACTER_SET = "UnknownCharacterSet"
    NO_SUCH_ACCOUNT = "AccountNotFound"
    ACCOUNT_EXISTS = "AccountExists"
    ACCOUNT_RESERVED = "AccountReserved"
    ACCOUNT_NOT_ALLOWED = "AccountNotAllowed"
    NO_SUCH_SCHEMA = "SchemaNotFound"
    PORT_NOT_OFFERED = "PortNotOffered"


STATUS = {
    Code.INVALID_REQUEST: 400,
    Code.UNAUTHORIZED: 401,
    Code.NOT_FOUND: 404,
    Code.NO_SUCH_OPERATION: 404,
    Code.EDITION_HAS_NO_SECONDARY: 409,
    Code.SECOND_REGION: 400,
    Code.UNKNOWN_PLACE: 400,
    Code.NO_ROOM: 409,
    Code.BUSY: 409,
    Code.NOT_PROTECTED: 409,
    Code.NOT_RUNNING: 409,
    Code.DOWNGRADE: 409,
    Code.SETTING_NOT_ALLOWED: 400,
    Code.SWITCH_WAITS: 409,
    Code.NO_SWITCH_WAITS: 409,
    Code.IS_READ_ONLY: 409,
    Code.HAS_READ_ONLY: 409,
    Code.NO_SUCH_CALL: 404,
    Code.WRONG_METHOD: 405,
    Code.STATE_UNAVAILABLE: 503,
    Code.NOT_ON_DISASTER_RECOVERY: 409,
    Code.NOT_DISASTER_RECOVERY: 409,
    Code.MASTER_TOO_OLD: 409,
    Code.MASTER_WITHOUT_GTID: 409,
    Code.SAME_REGION: 400,
    Code.SYNCHRONIZATION_EXISTS: 409,
    Code.NO_SUCH_TABLE: 404,
    Code.DESTINATION_NOT_EMPTY: 409,
    Code.PROMOTED_FOR_GOOD: 409,
    Code.CONFIRMATION_MISSING: 400,
    Code.MASTER_MAY_BE_ALIVE: 409,
    Code.NEVER_SYNCHRONIZED: 409,
    Code.VERIFICATION_FAILED: 409,
    Code.NOT_OFFERED: 501,
    Code.SQL_REFUSED: 400,
    Code.NO_ANSWER: 504,
    Code.UNKNOWN_CHARACTER_SET: 400,
    Code.NO_SUCH_ACCOUNT: 404,
    Code.ACCOUNT_EXISTS: 409,
    Code.ACCOUNT_RESERVED: 409,
    Code.ACCOUNT_NOT_ALLOWED: 400,
    Code.NO_SUCH_SCHEMA: 404,
    Code.PORT_NOT_OFFERED: 409,
}


class Refusal(Exception):
    """A request that the manager does not carry out; it changed nothing.

    Attributes:
        code: stands in the API's description.
        sentence: what was asked, why not, what to do.
    """

    def __init__(self, code: Code, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence

    @property
    def status(self) -> int:
        """HTTP status."""
        return STATUS[self.code]


def busy(instance: str, doing: str) -> Refusal:
    """Whoever asks something of an instance that is in the middle of something else asks again."""
    return Refusal(Code.BUSY, f"instance {instance} is in the middle of: {doing}; ask again when it is over")
