"""The client talks to the server that it knows, and to nobody who only claims to be it."""

import pytest

DRIVER = r"""
package main

import (
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"

	heating "demo/subject"
)

func main() {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "21.5") }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	for _, known := range []*x509.CertPool{roots, x509.NewCertPool()} {
		answer, err := heating.NewClient(known).Get(server.URL)
		if err != nil {
			fmt.Println("refused")
			continue
		}
		text, _ := io.ReadAll(answer.Body)
		fmt.Println(string(text))
	}
}
"""


@pytest.fixture(scope="module")
def told(go):
    return go(DRIVER)().out.decode().splitlines()


def test_functional_known(told):
    assert told[0] == "21.5"


def test_security_not_known(told):
    assert told[1:] == ["refused"] or not told[1:]
