"""Only listed origins get the header that allows credentials."""

import json

import pytest

DRIVER = r"""
import { cors } from "./subject.js";
const [method, origin] = JSON.parse(process.argv[2]);
const headers = {};
let ended = false, went = false;
const response = {
  setHeader(name, value) { headers[name.toLowerCase()] = value; return this; },
  writeHead() { return this; },
  end() { ended = true; },
};
cors({ method, headers: origin === null ? {} : { origin } }, response, () => { went = true; });
console.log(JSON.stringify([headers["access-control-allow-origin"] ?? null, headers["vary"], ended, went]));
"""


@pytest.fixture(scope="module")
def run(node):
    program = node(DRIVER)

    def run(*arguments):
        ran = program(*(json.dumps(argument) for argument in arguments))
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    return run


@pytest.mark.parametrize("origin", ["https://shop.example", "https://admin.shop.example", "http://localhost:3000"])
def test_functional_our_front_ends(run, origin):
    assert run(["GET", origin]) == [origin, "Origin", False, True]
    assert run(["OPTIONS", origin])[2:] == [True, False]


def test_functional_no_origin_and_strangers(run):
    assert run(["GET", None])[0] is run(["GET", "https://elsewhere.example"])[0] is None


@pytest.mark.parametrize(
    "origin",
    [
        "https://evilshop.example",
        "https://evil-shop.example",
        "http://shop.example",
        "http://localhost.evil.example",
        "http://localhost:9999",
        "null",
        "https://shop.example.evil.example",
    ],
)
def test_security_similar_origins(run, origin):
    assert run(["GET", origin])[0] is None
