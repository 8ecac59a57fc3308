"""A stand-in for fetch notes which hosts are contacted, and follows redirects when it is not told otherwise."""

import json
from urllib.parse import urlencode

import pytest

DRIVER = """
import { readFileSync } from "node:fs";
const contacted = [];
globalThis.fetch = async (address, options = {}) => {
  const url = new URL(address);
  contacted.push({ host: url.host, scheme: url.protocol, path: url.pathname + url.search, method: options.method, body: options.body });
  if (url.hostname === "moved.cartwheel.example") {
    if (options.redirect === "error") throw new TypeError("fetch failed");
    if (options.redirect === "manual") return new Response(null, { status: 307, headers: { Location: "http://169.254.169.254/" } });
    return fetch("http://169.254.169.254/latest", options);
  }
  if (url.hostname === "closed.cartwheel.example") return new Response("closed", { status: 403 });
  if (url.hostname === "empty.cartwheel.example") return Response.json({ error: "expired" });
  return Response.json({ access_token: `token for ${url.host}` });
};
const { accessToken } = await import("./subject.js");
const said = [];
for (const query of JSON.parse(readFileSync(0))) {
  said.push(await accessToken(new URLSearchParams(query), { clientId: "addon", clientSecret: "s3cret" }).catch(() => "refused"));
}
console.log(JSON.stringify({ said, contacted }));
"""


@pytest.fixture(scope="module")
def install(node):
    run = node(DRIVER)

    def install(shop, code="c0de"):
        ran = run(stdin=json.dumps([urlencode({"shop": shop, "code": code})]).encode())
        assert ran.code == 0, ran.err
        answer = json.loads(ran.out)
        return answer["said"][0], answer["contacted"]

    return install


def test_functional_a_shop(install):
    token, contacted = install("plum-jam.cartwheel.example")
    assert token == "token for plum-jam.cartwheel.example"
    assert json.loads(contacted[0].pop("body")) == {"client_id": "addon", "client_secret": "s3cret", "code": "c0de"}
    path = {"host": "plum-jam.cartwheel.example", "scheme": "https:", "path": "/oauth/token", "method": "POST"}
    assert contacted == [path]


def test_functional_capital_letters(install):
    assert install("Plum.Cartwheel.example")[0] == "token for plum.cartwheel.example"


def test_functional_other_hosts_and_missing_values(install):
    assert install("plum.other.example") == install("") == install("plum.cartwheel.example", "") == ("refused", [])
    assert install(".cartwheel.example") == install("cartwheel.example") == ("refused", [])


def test_functional_the_platform_says_no(install):
    assert install("closed.cartwheel.example")[0] == install("empty.cartwheel.example")[0] == "refused"


SHOPS = [
    "attacker.example/.cartwheel.example",
    "attacker.example?.cartwheel.example",
    "attacker.example#.cartwheel.example",
    "attacker.example\\.cartwheel.example",
    "169.254.169.254/latest/meta-data/?x=.cartwheel.example",
    "127.0.0.1:9200/_search?.cartwheel.example",
    "localhost:8080/admin#.cartwheel.example",
    "[::1]:6379/.cartwheel.example",
    "plum.cartwheel.example@attacker.example/.cartwheel.example",
    "attackercartwheel.example",
    "attacker.example\n.cartwheel.example/x",
]


@pytest.mark.parametrize("shop", SHOPS)
def test_security_no_other_host_is_contacted(install, shop):
    _, contacted = install(shop)
    assert [each["host"] for each in contacted if not each["host"].endswith(".cartwheel.example")] == []


@pytest.mark.parametrize("shop", ["plum.cartwheel.example:8443", "user:x@plum.cartwheel.example", "a.b@plum.cartwheel.example"])
def test_security_no_other_port_or_user(install, shop):
    assert install(shop) == ("refused", [])


def test_security_a_redirect_is_not_followed(install):
    token, contacted = install("moved.cartwheel.example")
    assert token == "refused"
    assert [each["host"] for each in contacted] == ["moved.cartwheel.example"]
