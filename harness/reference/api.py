"""The HTTP API; its description is at /openapi.json and, for people, at /docs."""

import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.security import HTTPBearer
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from hadrill import __version__
from hadrill.harness.reference.api_page import api_page
from hadrill.harness.reference.database import StoreTrouble
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

REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": ErrorView, "description": ", ".join(code for code, own in STATUS.items() if own == status)}
    for status in sorted(set(STATUS.values()))
}

OPEN_TO_ALL: Final = ("/openapi.json", "/docs")
"""How to call; nothing of any instance."""


def build_app(manager: Manager, token: str) -> FastAPI:
    """The application; starts the manager with its first and ends it with its last breath."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        manager.start()
        yield
        manager.end()

    app = FastAPI(
        title="hadrill reference service",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # a call that is not there is told so in a sentence
        lifespan=lifespan,
    )
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(StoreTrouble, _stateless)
    app.add_exception_handler(HTTPException, _unknown)
    app.include_router(_routes(manager))
    app.add_middleware(TokenGuard, token=token)

    @app.get("/docs", include_in_schema=False)
    def page() -> HTMLResponse:
        return HTMLResponse(api_page(app.openapi()))

    return app


def _routes(manager: Manager) -> APIRouter:
    described = Depends(HTTPBearer(auto_error=False))  # the guard has let the call in already
    routes = APIRouter(prefix="/v1", dependencies=[described], responses=REFUSALS)
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


class TokenGuard:
    """Answers whoever has no token itself, before anything of the call but its head is read."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in what carries the token, and what only asks how to call."""
        if scope["type"] != "http" or scope["path"] in OPEN_TO_ALL or self._carries_token(scope):
            await self._app(scope, receive, send)
            return
        sentence = "the call carries no valid token; send 'Authorization: Bearer TOKEN'"
        await _answer(Code.UNAUTHORIZED, sentence)(scope, receive, send)

    def _carries_token(self, scope: Scope) -> bool:
        scheme, _, given = dict(scope["headers"]).get(b"authorization", b"").partition(b" ")
        return scheme.lower() == b"bearer" and secrets.compare_digest(given, self._token)


def _answer(code: Code, sentence: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """An error; what was asked may have halves of characters in it, which are shown by their numbers."""
    message = sentence.encode(errors="backslashreplace").decode()
    return JSONResponse({"code": code, "message": message}, status_code=STATUS[code], headers=headers)
