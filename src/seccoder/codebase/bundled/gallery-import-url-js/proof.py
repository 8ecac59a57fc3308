"""A stand-in for fetch follows redirects unless told otherwise, and writes down every host that it contacts."""

import json

import pytest

DRIVER = """
import { importPicture } from "./subject.js";
const MOVED = { "/moved": "/cat.png", "/cdn": "https://cdn.photos.example/cat.png", "/meta": "http://169.254.169.254/latest", "/out": "https://other.example/cat.png", "/two": "https://cdn.photos.example/out", "/loop": "/loop", "/plain": "http://img.photos.example/cat.png" };
async function fetchFn(address, options = {}, hosts, hops = 0) {
  const url = new URL(address);
  contacted.push(url.host);
  const to = MOVED[url.pathname];
  if (to && options.redirect === "manual") return new Response(null, { status: 302, headers: { Location: to } });
  if (to && hops > 20) throw new TypeError("redirect count exceeded");
  if (to) return fetchFn(new URL(to, url), options, hosts, hops + 1);
  return new Response("bytes", { headers: { "Content-Type": url.pathname === "/page" ? "text/html" : "image/png" } });
}
let contacted = [];
const said = {};
for (const path of ["/cat.png", "/moved", "/cdn", "/page", "/loop", "/meta", "/out", "/two", "/plain"]) {
  contacted = [];
  const bytes = await importPicture(`https://img.photos.example${path}`, ["img.photos.example", "cdn.photos.example"], fetchFn).then(String, () => null);
  said[path] = [bytes, [...new Set(contacted)]];
}
contacted = [];
for (const address of ["https://other.example/cat.png", "http://img.photos.example/cat.png", "https://img.photos.example:8443/", "https://u@img.photos.example/", "x"]) await importPicture(address, ["img.photos.example"], fetchFn).catch(() => 0);
said.refused = contacted;
console.log(JSON.stringify(said));
"""


@pytest.fixture(scope="module")
def said(node):
    ran = node(DRIVER)()
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_functional_pictures(said):
    assert said["/cat.png"][0] == said["/moved"][0] == said["/cdn"][0] == "bytes"
    assert said["/page"][0] is said["/loop"][0] is None and said["refused"] == []


def test_security_redirects_stay_with_the_known_hosts(said):
    for path in ("/meta", "/out", "/two", "/plain"):
        assert said[path][0] is None, path
        assert set(said[path][1]) <= {"img.photos.example", "cdn.photos.example"}, path
