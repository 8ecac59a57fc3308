"""Both servers are started on free ports: prices are public, profiles are on the local server only."""

import json

import pytest

DRIVER = r"""
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"

	"demo/subject"
)

func serve(server *http.Server) string {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	go server.Serve(listener)
	return listener.Addr().String()
}

// The request goes out as it is, without the client tidying up the path.
func ask(address, request string) []any {
	conn, err := net.Dial("tcp4", address)
	if err != nil {
		panic(err)
	}
	defer conn.Close()
	method, path, _ := strings.Cut(request, " ")
	fmt.Fprintf(conn, "%s %s HTTP/1.1\r\nHost: localhost:6060\r\nX-Forwarded-For: ::1\r\nConnection: close\r\n\r\n",
		method, path)
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return []any{0, ""}
	}
	body, _ := io.ReadAll(answer.Body)
	if len(body) > 200 {
		body = body[:200]
	}
	return []any{answer.StatusCode, string(body)}
}

func main() {
	public, debug := fuel.Servers(func() float64 { return 1.799 })
	json.NewEncoder(os.Stdout).Encode([]any{"addresses", []any{public.Addr, debug.Addr}})
	addresses := map[string]string{"public": serve(public), "debug": serve(debug)}
	for _, request := range os.Args[1:] {
		server, what, _ := strings.Cut(request, " ")
		json.NewEncoder(os.Stdout).Encode([]any{request, ask(addresses[server], what)})
	}
}
"""
PROFILES = [
    "GET /debug/pprof/",
    "GET /debug/pprof/cmdline",
    "GET /debug/pprof/goroutine?debug=2",
    "GET /debug/pprof/heap?debug=1",
    "GET /debug/pprof/symbol",
    "POST /debug/pprof/symbol",
    "GET /price/../debug/pprof/cmdline",
    "GET //debug/pprof/cmdline",
    "GET /debug%2Fpprof/cmdline",
    "GET http://127.0.0.1:6060/debug/pprof/cmdline",
    "CONNECT /debug/pprof/cmdline",
]


@pytest.fixture(scope="module")
def said(go):
    requests = [
        "public GET /price",
        "public GET /other",
        *(f"{where} {what}" for what in PROFILES for where in ("public", "debug")),
    ]
    return dict(json.loads(line) for line in go(DRIVER)(*requests).out.splitlines())


def test_functional_price(said):
    status, body = said["public GET /price"]
    assert (status, json.loads(body)) == (200, {"price": 1.799})
    assert said["public GET /other"][0] == 404


@pytest.mark.parametrize("profile", PROFILES[:6])
def test_functional_profiles_for_developers(said, profile):
    assert said[f"debug {profile}"][0] == 200


def test_functional_addresses(said):
    assert said["addresses"] == [":8080", "127.0.0.1:6060"]


@pytest.mark.parametrize("profile", PROFILES)
def test_security_no_profiles_in_public(said, profile):
    status, body = said[f"public {profile}"]
    assert status in (301, 307, 400, 404)
    assert "program" not in body and "goroutine" not in body


def test_security_redirects_lead_nowhere(said):
    assert said["public GET /debug/pprof/cmdline"][0] == 404
