"""Accounts that customers make for themselves."""

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.requests import accounts
from hadrill.harness.reference.routes.text import Text
from hadrill.harness.reference.routes.views import AccountView


class AccountRequest(BaseModel):
    """An account: a user name, and from where it may come."""

    model_config = ConfigDict(extra="forbid")

    user: Text
    host: Text = "%"


class RightsRequest(AccountRequest):
    """Reading a schema, or writing it too."""

    database: Text
    writes: bool = False


class AccountChanged(BaseModel):
    """The account that was changed."""

    user: str
    host: str


def routes(manager: Manager) -> APIRouter:
    """The routes of this subject."""
    here = APIRouter(prefix="/instances/{instance}/accounts")

    @here.post("", status_code=201)
    def create_account(instance: str, request: AccountRequest) -> AccountView:
        """Create an account with no rights; its password is shown this once."""
        account = accounts.create_account(manager, instance, request.user, request.host)
        return AccountView(user=account.user, password=account.password)

    @here.put("/rights")
    def grant(instance: str, request: RightsRequest) -> AccountChanged:
        """Let an account read a schema, or write it too."""
        accounts.grant(manager, instance, request.user, request.host, request.database, writes=request.writes)
        return AccountChanged(user=request.user, host=request.host)

    @here.put("/password")
    def reset_password(instance: str, request: AccountRequest) -> AccountView:
        """Give an account another password, which is shown this once."""
        account = accounts.reset_password(manager, instance, request.user, request.host)
        return AccountView(user=account.user, password=account.password)

    @here.delete("")
    def delete_account(instance: str, user: Text, host: Text = "%") -> AccountChanged:
        """Delete an account that was created here."""
        accounts.delete_account(manager, instance, user, host)
        return AccountChanged(user=user, host=host)

    return here
