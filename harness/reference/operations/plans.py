"""The plan of each kind of operation."""

from collections.abc import Mapping
from types import MappingProxyType

from hadrill.harness.reference.operations.change import CHANGE
from hadrill.harness.reference.operations.change_port import CHANGE_PORT
from hadrill.harness.reference.operations.create import CREATE
from hadrill.harness.reference.operations.create_disaster_recovery import CREATE_DISASTER_RECOVERY
from hadrill.harness.reference.operations.create_read_only import CREATE_READ_ONLY
from hadrill.harness.reference.operations.dismiss import DISMISS
from hadrill.harness.reference.operations.failover import FAILOVER
from hadrill.harness.reference.operations.promote import PROMOTE
from hadrill.harness.reference.operations.recovery_pair import JOIN, PART, TAKE_OVER
from hadrill.harness.reference.operations.rejoin import REJOIN
from hadrill.harness.reference.operations.release import RELEASE
from hadrill.harness.reference.operations.relink import RELINK, RESUME
from hadrill.harness.reference.operations.reopen import REOPEN
from hadrill.harness.reference.operations.repoint import REPOINT
from hadrill.harness.reference.operations.rolling_change import ROLLING_CHANGE
from hadrill.harness.reference.operations.set_variables import SET_VARIABLES
from hadrill.harness.reference.operations.step import Plan
from hadrill.harness.reference.operations.switch import SWITCH
from hadrill.harness.reference.operations.switch_back import SWITCH_BACK
from hadrill.harness.reference.operations.synchronize import SYNCHRONIZE
from hadrill.harness.reference.operations.unprotect import UNPROTECT
from hadrill.harness.reference.operations.upgrade import UPGRADE
from hadrill.harness.reference.operations.verify import VERIFY
from hadrill.harness.reference.records import OperationKind

PLANS: Mapping[OperationKind, Plan] = MappingProxyType(
    {
        OperationKind.CREATE: CREATE,
        OperationKind.SWITCH: SWITCH,
        OperationKind.FAILOVER: FAILOVER,
        OperationKind.REOPEN: REOPEN,
        OperationKind.REJOIN: REJOIN,
        OperationKind.UNPROTECT: UNPROTECT,
        OperationKind.RELEASE: RELEASE,
        OperationKind.CREATE_READ_ONLY: CREATE_READ_ONLY,
        OperationKind.REPOINT: REPOINT,
        OperationKind.UPGRADE: UPGRADE,
        OperationKind.CHANGE: CHANGE,
        OperationKind.ROLLING_CHANGE: ROLLING_CHANGE,
        OperationKind.DISMISS: DISMISS,
        OperationKind.CREATE_DISASTER_RECOVERY: CREATE_DISASTER_RECOVERY,
        OperationKind.SYNCHRONIZE: SYNCHRONIZE,
        OperationKind.RELINK: RELINK,
        OperationKind.RESUME: RESUME,
        OperationKind.TAKE_OVER: TAKE_OVER,
        OperationKind.PART: PART,
        OperationKind.JOIN: JOIN,
        OperationKind.PROMOTE: PROMOTE,
        OperationKind.VERIFY: VERIFY,
        OperationKind.SWITCH_BACK: SWITCH_BACK,
        OperationKind.SET_VARIABLES: SET_VARIABLES,
        OperationKind.CHANGE_PORT: CHANGE_PORT,
    }
)
