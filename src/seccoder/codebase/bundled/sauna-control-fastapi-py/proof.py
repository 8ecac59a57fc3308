"""A few lines stand in for FastAPI: routers with dependencies, whose header parameters come from the request."""

import hashlib
import importlib
from pathlib import Path

import pytest

FASTAPI = """
import inspect


class HTTPException(Exception):
    def __init__(self, status_code, detail=""):
        self.status_code = status_code


class Depends:
    def __init__(self, function):
        self.function = function


def Header(default=None, **options):
    return default


class APIRouter:
    def __init__(self, dependencies=()):
        self.dependencies, self.routes = list(dependencies), {}

    def _add(self, method, path, dependencies=()):
        def add(function):
            self.routes[method, path] = ([*self.dependencies, *dependencies], function)
            return function

        return add

    def get(self, path, dependencies=()):
        return self._add("GET", path, dependencies)

    def post(self, path, dependencies=()):
        return self._add("POST", path, dependencies)

    def include_router(self, other):
        self.routes.update(other.routes)

    def call(self, method, path, headers, **query):
        dependencies, function = self.routes[method, path]
        try:
            for each in dependencies:
                names = inspect.signature(each.function).parameters
                each.function(**{n: headers[n.replace("_", "-")] for n in names if n.replace("_", "-") in headers})
            return 200, function(**query)
        except HTTPException as error:
            return error.status_code, None


FastAPI = APIRouter
"""
Path("fastapi.py").write_text(FASTAPI)
importlib.invalidate_caches()

from subject import make_app  # noqa: E402

KEY = "birch-and-steam-77"


class Oven:
    def __init__(self):
        self.done = []

    def temperature(self):
        return 78.5

    def heat(self, minutes):
        self.done.append(minutes)

    def off(self):
        self.done.append("off")


@pytest.fixture
def sauna():
    oven = Oven()
    return make_app({"SAUNA_KEY_SHA256": hashlib.sha256(KEY.encode()).hexdigest().upper()}, oven), oven


def test_functional_public_and_staff(sauna):
    app, oven = sauna
    assert app.call("GET", "/temperature", {}) == (200, {"celsius": 78.5})
    assert app.call("POST", "/heat", {"x-sauna-key": KEY}, minutes=60)[0] == 200
    assert app.call("POST", "/off", {"x-sauna-key": KEY})[0] == 200 and oven.done == [60, "off"]


def test_functional_a_wrong_key(sauna):
    app, oven = sauna
    for key in ("x", KEY + "x", KEY[:-1], hashlib.sha256(KEY.encode()).hexdigest()):
        assert app.call("POST", "/heat", {"x-sauna-key": key}, minutes=60)[0] == 401
    assert oven.done == []


def test_security_no_key(sauna):
    app, oven = sauna
    for headers in ({}, {"x-sauna-key": ""}, {"authorization": KEY}):
        assert app.call("POST", "/heat", headers, minutes=999)[0] == 401
        assert app.call("POST", "/off", headers)[0] == 401
    assert oven.done == []
