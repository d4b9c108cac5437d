"""The HTTP API; its description is at /openapi.json and, for people, at /docs."""

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, ConfigDict, Field

from hadrill import __version__
from hadrill.harness.model.instance import Edition, Instance
from hadrill.harness.reference.api_page import api_page
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.records import OperationRecord
from hadrill.harness.reference.refusals import STATUS, Code, Refusal
from hadrill.harness.reference.store import Store, StoreTrouble


class CreateRequest(BaseModel):
    """A new instance. No zones: the service chooses; one: both servers in it; two: one in each."""

    model_config = ConfigDict(extra="forbid")

    edition: Edition
    zones: Annotated[list[str], Field(max_length=2)] = []


class Begun(BaseModel):
    """What a request began; ask for the operation to see how far it is."""

    instance: str
    operation: int


class AccountView(BaseModel):
    """A database account that the customer is given."""

    user: str
    password: str


class ErrorView(BaseModel):
    """A refusal; nothing was changed."""

    code: Code
    message: str


REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorView, "description": ", ".join(code for code, own in STATUS.items() if own == status)}
    for status in sorted(set(STATUS.values()))
}


def build_app(manager: Manager, store: Store, token: str) -> FastAPI:
    """The application; starts the manager with its first and ends it with its last breath."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        manager.start()
        yield
        manager.end()

    app = FastAPI(
        title="hadrill reference service", version=__version__, docs_url=None, redoc_url=None, lifespan=lifespan
    )
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(StoreTrouble, _stateless)
    app.include_router(_routes(manager, store, _guard(token)))

    @app.get("/docs", include_in_schema=False)
    def page() -> HTMLResponse:
        return HTMLResponse(api_page(app.openapi()))

    return app


def _guard(token: str) -> Callable[..., None]:
    bearer = HTTPBearer(auto_error=False)

    def check(given: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> None:
        if given is None or not secrets.compare_digest(given.credentials.encode(), token.encode()):
            raise Refusal(Code.UNAUTHORIZED, "the call carries no valid token; send 'Authorization: Bearer TOKEN'")

    return check


def _routes(manager: Manager, store: Store, guard: Callable[..., None]) -> APIRouter:
    routes = APIRouter(prefix="/v1", dependencies=[Depends(guard)], responses=REFUSALS)

    @routes.get("/instances")
    def list_instances() -> list[Instance]:
        """All instances that are not released."""
        return list(manager.instances())

    @routes.post("/instances", status_code=202)
    def create_instance(request: CreateRequest) -> Begun:
        """Begin to create an instance."""
        instance, operation = manager.create(request.edition, tuple(request.zones))
        return Begun(instance=instance, operation=operation)

    @routes.get("/instances/{instance}")
    def describe_instance(instance: str) -> Instance:
        """One instance: edition, state, address, members, whether it is protected."""
        return manager.describe(instance)

    @routes.get("/instances/{instance}/accounts")
    def list_accounts(instance: str) -> list[AccountView]:
        """Every account that the customer is given, with passwords."""
        return [AccountView(user=account.user, password=account.password) for account in manager.accounts(instance)]

    @routes.post("/instances/{instance}/switch", status_code=202)
    def switch_instance(instance: str) -> Begun:
        """Switch primary and secondary now."""
        return Begun(instance=instance, operation=manager.switch(instance))

    @routes.delete("/instances/{instance}", status_code=202)
    def release_instance(instance: str) -> Begun:
        """Give an instance back; its data is gone."""
        return Begun(instance=instance, operation=manager.release(instance))

    @routes.get("/operations/{operation}")
    def describe_operation(operation: Annotated[int, Field(ge=0, lt=2**63)]) -> OperationRecord:
        """How far an operation is."""
        return store.operation(operation)

    @routes.get("/events")
    def list_events(after: Annotated[int, Field(ge=0, lt=2**63)] = 0) -> list[dict[str, Any]]:
        """What the manager saw and decided, oldest first, with both clocks."""
        return store.events(after)

    return routes


def _refused(_: Request, refusal: Exception) -> JSONResponse:
    if not isinstance(refusal, Refusal):
        raise refusal
    return JSONResponse({"code": refusal.code, "message": refusal.sentence}, status_code=refusal.status)


def _invalid(_: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    places = "; ".join(f"{'.'.join(str(part) for part in each['loc'])}: {each['msg']}" for each in error.errors())
    sentence = f"the request is not as /openapi.json describes it: {places}"
    return JSONResponse({"code": Code.INVALID_REQUEST, "message": sentence}, status_code=STATUS[Code.INVALID_REQUEST])


def _stateless(_: Request, trouble: Exception) -> JSONResponse:
    code = Code.STATE_UNAVAILABLE
    return JSONResponse({"code": code, "message": str(trouble)}, status_code=STATUS[code])
