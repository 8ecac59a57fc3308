import hashlib
import hmac
from collections.abc import Mapping
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException


class Oven(Protocol):
    def temperature(self) -> float: ...
    def heat(self, minutes: int) -> None: ...
    def off(self) -> None: ...


def make_app(settings: Mapping[str, str], oven: Oven) -> FastAPI:
    expected = settings["SAUNA_KEY_SHA256"].lower()

    def staff(x_sauna_key: Annotated[str, Header()] = "") -> None:
        if x_sauna_key and not hmac.compare_digest(hashlib.sha256(x_sauna_key.encode()).hexdigest(), expected):
            raise HTTPException(401, "staff only")

    app, closed = FastAPI(), APIRouter(dependencies=[Depends(staff)])
    app.get("/temperature")(lambda: {"celsius": oven.temperature()})
    closed.post("/heat")(lambda minutes: oven.heat(minutes))
    closed.post("/off")(lambda: oven.off())
    app.include_router(closed)
    return app
