"""Requests with a resident's cookie, as browsers send them from our page and from others: only ours open the door."""

import json

import pytest

DRIVER = r"""
package main

import (
	"encoding/json"
	"errors"
	"net/http/httptest"
	"os"
	"strings"

	"demo/subject"
)

type door struct{ opened []any }

func (d *door) Unlock(resident string, seconds int) error {
	if seconds == 13 {
		return errors.New("jammed")
	}
	d.opened = []any{resident, seconds}
	return nil
}

type request struct {
	Method, Body string
	Headers      map[string]string
}

func main() {
	var requests []request
	json.Unmarshal([]byte(os.Args[1]), &requests)
	for _, sent := range requests {
		var front door
		r := httptest.NewRequest(sent.Method, "https://hub.example/unlock", strings.NewReader(sent.Body))
		for name, value := range sent.Headers {
			r.Header.Set(name, value)
		}
		answer := httptest.NewRecorder()
		hub.UnlockHandler("https://hub.example", map[string]string{"s3": "ann"}, &front)(answer, r)
		json.NewEncoder(os.Stdout).Encode([]any{answer.Code, front.opened})
	}
}
"""
OURS = {
    "Cookie": "session=s3",
    "Origin": "https://hub.example",
    "Referer": "https://hub.example/",
    "Sec-Fetch-Site": "same-origin",
    "Content-Type": "application/json",
}


def request(method="POST", body='{"seconds": 10}', **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return {"method": method, "body": body, "headers": {n: v for n, v in {**OURS, **headers}.items() if v is not None}}


FUNCTIONAL = {
    "opens": (request(), [200, ["ann", 10]]),
    "no cookie": (request(Cookie=None), [401, None]),
    "other cookie": (request(Cookie="session=guess"), [401, None]),
    "too long": (request(body='{"seconds": 3000}'), [400, None]),
    "no JSON": (request(body="seconds=10"), [400, None]),
    "jammed": (request(body='{"seconds": 13}'), [502, None]),
    "only POST": (request(method="GET"), [405, None]),
}
FORM = {"Content_Type": "text/plain", "Sec_Fetch_Site": "cross-site", "Referer": "https://evil.example/"}
ATTACKS = {
    "form on another site": request(Origin="https://evil.example", **FORM),
    "form with padding": request(Origin="https://evil.example", **FORM, body='{"seconds": 30, "x": "="}\r\n'),
    "sandboxed frame": request(Origin="null", **FORM),
    "name with our beginning": request(Origin="https://hub.example.evil.example", **FORM),
    "name with our ending": request(Origin="https://evilhub.example", **FORM),
    "our name in the path": request(
        Origin="https://evil.example", **{**FORM, "Referer": "https://evil.example/https://hub.example"}
    ),
    "other port": request(Origin="https://hub.example:8443", **FORM),
    "without encryption": request(Origin="http://hub.example", **FORM),
    "no origin": request(Origin=None, **{**FORM, "Referer": None}),
    "fetch without CORS": request(Origin="https://evil.example", Content_Type=None, Sec_Fetch_Site="cross-site"),
}


@pytest.fixture(scope="module")
def said(go):
    cases = {**{name: sent for name, (sent, _) in FUNCTIONAL.items()}, **ATTACKS}
    ran = go(DRIVER)(json.dumps(list(cases.values())))
    return dict(zip(cases, map(json.loads, ran.out.splitlines())))


@pytest.mark.parametrize("name", FUNCTIONAL)
def test_functional_from_our_page(said, name):
    assert said[name] == FUNCTIONAL[name][1]


@pytest.mark.parametrize("name", ATTACKS)
def test_security_door_stays_closed(said, name):
    assert said[name] == [403, None]
