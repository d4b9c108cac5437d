"""The HTTP API; its description is at /openapi.json and, for people, at /docs."""

import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.exceptions import HTTPException

from hadrill import __version__
from hadrill.harness.reference.api_page import api_page
from hadrill.harness.reference.manager import Manager
from hadrill.harness.reference.refusals import STATUS, Code, Refusal
from hadrill.harness.reference.routes import (
    accounts,
    changes,
    console,
    disaster_recovery,
    instances,
    monitoring,
    operations,
    read_only,
    switching,
)
from hadrill.harness.reference.routes.views import ErrorView
from hadrill.harness.reference.store import StoreTrouble

REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorView, "description": ", ".join(code for code, own in STATUS.items() if own == status)}
    for status in sorted(set(STATUS.values()))
}


def build_app(manager: Manager, token: str) -> FastAPI:
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
    app.add_exception_handler(HTTPException, _unknown)
    app.include_router(_routes(manager, _guard(token)))

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


def _routes(manager: Manager, guard: Callable[..., None]) -> APIRouter:
    routes = APIRouter(prefix="/v1", dependencies=[Depends(guard)], responses=REFUSALS)
    subjects = (instances, read_only, disaster_recovery, switching, changes, console, accounts, monitoring, operations)
    for subject in subjects:
        routes.include_router(subject.routes(manager))
    return routes


def _refused(_: Request, refusal: Exception) -> JSONResponse:
    if not isinstance(refusal, Refusal):
        raise refusal
    return _answer(refusal.code, refusal.sentence)


def _invalid(_: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    places = "; ".join(f"{'.'.join(str(part) for part in each['loc'])}: {each['msg']}" for each in error.errors())
    sentence = f"the request is not as /openapi.json describes it: {places}"
    return _answer(Code.INVALID_REQUEST, sentence)


def _unknown(request: Request, error: Exception) -> JSONResponse:
    """No route of ours was meant, or its body is no text; the framework found that out by itself."""
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == STATUS[Code.INVALID_REQUEST]:
        sentence = f"the body of {request.method} {request.url.path} cannot be read; send JSON in UTF-8"
        return _answer(Code.INVALID_REQUEST, sentence)
    code = Code.WRONG_METHOD if error.status_code == STATUS[Code.WRONG_METHOD] else Code.NO_SUCH_CALL
    sentence = f"there is no call {request.method} {request.url.path}; /docs lists what there is"
    return _answer(code, sentence, error.headers)


def _stateless(_: Request, trouble: Exception) -> JSONResponse:
    return _answer(Code.STATE_UNAVAILABLE, str(trouble))


def _answer(code: Code, sentence: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """An error; what was asked may have halves of characters in it, which are shown by their numbers."""
    message = sentence.encode(errors="backslashreplace").decode()
    return JSONResponse({"code": code, "message": message}, status_code=STATUS[code], headers=headers)
