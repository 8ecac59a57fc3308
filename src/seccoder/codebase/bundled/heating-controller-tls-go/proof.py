"""Servers with certificates of every wrong kind: only the controller's own, from our CA, is spoken to."""

import json
from pathlib import Path

import pytest

DRIVER = r"""
package main

import (
	"crypto/tls"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"

	"demo/subject"
)

func main() {
	client, err := heating.NewClient("ours.pem", "boiler-7")
	if err != nil {
		panic(err)
	}
	for _, name := range os.Args[1:] {
		certificate, err := tls.LoadX509KeyPair(name+".pem", name+".key")
		if err != nil {
			panic(err)
		}
		reached := false
		s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			reached = r.Header.Get("Authorization") != ""
			io.WriteString(w, "21.5")
		}))
		s.Config.ErrorLog = log.New(io.Discard, "", 0)
		s.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}}
		s.StartTLS()
		if !strings.HasPrefix(s.URL, "https://127.0.0.1:") {
			panic(s.URL)
		}
		r, _ := http.NewRequest("GET", s.URL, nil)
		r.Header.Set("Authorization", "Bearer secret")
		text := ""
		if answer, err := client.Do(r); err == nil {
			body, _ := io.ReadAll(answer.Body)
			answer.Body.Close()
			text = string(body)
		}
		s.CloseClientConnections()
		s.Close()
		json.NewEncoder(os.Stdout).Encode([]any{name, []any{text, reached}})
	}
	for _, file := range []string{"junk.pem", "missing.pem"} {
		_, err := heating.NewClient(file, "boiler-7")
		json.NewEncoder(os.Stdout).Encode([]any{file, err != nil})
	}
}
"""
CONTROLLERS = ["controller", "several names"]
OTHERS = [
    "self-signed",
    "other CA",
    "other controller",
    "common name only",
    "expired",
    "its address only",
    "for clients",
]


@pytest.fixture(scope="module")
def said(go, certificate):
    for name in ("ours", "namesake"):
        certificate(name, "ca.home.example")
    certificate("self-signed", "boiler-7")
    certificate("controller", "boiler-7", "ours")
    certificate("several names", "controller", "ours", extensions="subjectAltName = DNS:pump-2, DNS:boiler-7")
    certificate("other CA", "boiler-7", "namesake")
    certificate("other controller", "boiler-8", "ours")
    certificate("common name only", "boiler-7", "ours", extensions="")
    certificate("expired", "boiler-7", "ours", years=(2020, 2021))
    certificate("its address only", "x", "ours", extensions="subjectAltName = DNS:other, IP:127.0.0.1")
    for_clients = "subjectAltName = DNS:boiler-7\nextendedKeyUsage = clientAuth"
    certificate("for clients", "boiler-7", "ours", extensions=for_clients)
    Path("junk.pem").write_text("no certificate")
    return dict(json.loads(line) for line in go(DRIVER)(*CONTROLLERS, *OTHERS).out.splitlines())


@pytest.mark.parametrize("server", CONTROLLERS)
def test_functional_controller_answers(said, server):
    assert said[server] == ["21.5", True]


def test_functional_unusable_ca_file(said):
    assert said["junk.pem"] and said["missing.pem"]


@pytest.mark.parametrize("server", OTHERS)
def test_security_nobody_else_gets_the_token(said, server):
    assert said[server] == ["", False]
