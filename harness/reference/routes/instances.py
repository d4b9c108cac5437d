"""Instances: created, listed, described, released."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from hadrill.harness.model.instance import Edition, Instance, InstanceType
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.requests import providing
from hadrill.harness.reference.routes.views import AccountView, Begun


class CreateRequest(BaseModel):
    """A new instance. No zones: the service chooses; one: both servers in it; two: one in each."""

    model_config = ConfigDict(extra="forbid")

    edition: Edition
    zones: Annotated[list[str], Field(max_length=2)] = []


def routes(manager: Manager) -> APIRouter:
    """The routes of this subject."""
    here = APIRouter(prefix="/instances")

    @here.get("")
    def list_instances(region: str = "", type: InstanceType | None = None) -> list[Instance]:  # noqa: A002 - the API's
        """All instances that are not released; those of a region, or of a type, where one is named."""
        return list(manager.instances(region, type))

    @here.post("", status_code=202)
    def create_instance(request: CreateRequest) -> Begun:
        """Begin to create an instance."""
        instance, operation = providing.create(manager, request.edition, tuple(request.zones))
        return Begun(instance=instance, operation=operation)

    @here.get("/{instance}")
    def describe_instance(instance: str) -> Instance:
        """One instance: edition, state, address, members, whether it is protected."""
        return manager.describe(instance)

    @here.get("/{instance}/accounts")
    def list_accounts(instance: str) -> list[AccountView]:
        """Every account that the customer is given, with passwords."""
        return [AccountView(user=account.user, password=account.password) for account in manager.accounts(instance)]

    @here.delete("/{instance}", status_code=202)
    def release_instance(instance: str) -> Begun:
        """Give an instance back; its data is gone."""
        return Begun(instance=instance, operation=providing.release(manager, instance))

    return here
