"""Servers with certificates of every wrong kind: only the controller's own, from our CA, is spoken to."""

import json

import pytest

DRIVER = r"""
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"demo/subject"
)

type party struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func issue(by *party, name string, age time.Duration, change func(*x509.Certificate)) *party {
	key, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	from := time.Now().Add(-age)
	cert := &x509.Certificate{SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name},
		NotBefore: from, NotAfter: from.Add(48 * time.Hour), BasicConstraintsValid: true}
	change(cert)
	if by == nil {
		by = &party{cert, key}
	}
	der, err := x509.CreateCertificate(rand.Reader, cert, by.cert, &key.PublicKey, by.key)
	if err != nil {
		panic(err)
	}
	cert, _ = x509.ParseCertificate(der)
	return &party{cert, key}
}

func authority(c *x509.Certificate) { c.IsCA = true; c.KeyUsage = x509.KeyUsageCertSign }

func named(names ...string) func(*x509.Certificate) {
	return func(c *x509.Certificate) {
		c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
		c.DNSNames = names
		c.IPAddresses = []net.IP{}
	}
}

func main() {
	ours := issue(nil, "Our CA", time.Hour, authority)
	namesake := issue(nil, "Our CA", time.Hour, authority)
	os.WriteFile("ca.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: ours.cert.Raw}), 0o600)
	os.WriteFile("junk.pem", []byte("no certificate"), 0o600)
	client, err := heating.NewClient("ca.pem", "boiler-7")
	if err != nil {
		panic(err)
	}
	byIP := named("other")
	cases := map[string]*party{
		"controller":       issue(ours, "boiler-7", time.Hour, named("boiler-7")),
		"several names":    issue(ours, "controller", time.Hour, named("pump-2", "boiler-7")),
		"self-signed":      issue(nil, "boiler-7", time.Hour, named("boiler-7")),
		"other CA":         issue(namesake, "boiler-7", time.Hour, named("boiler-7")),
		"other controller": issue(ours, "boiler-8", time.Hour, named("boiler-8")),
		"common name only": issue(ours, "boiler-7", time.Hour, named()),
		"expired":          issue(ours, "boiler-7", 72*time.Hour, named("boiler-7")),
		"its address only": issue(ours, "x", time.Hour, func(c *x509.Certificate) {
			byIP(c)
			c.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
		}),
		"for clients": issue(ours, "boiler-7", time.Hour, func(c *x509.Certificate) {
			c.DNSNames, c.ExtKeyUsage = []string{"boiler-7"}, []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
		}),
	}
	for name, server := range cases {
		reached := false
		s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			reached = r.Header.Get("Authorization") != ""
			io.WriteString(w, "21.5")
		}))
		s.Config.ErrorLog = log.New(io.Discard, "", 0)
		s.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{server.cert.Raw}, PrivateKey: server.key}}}
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


@pytest.fixture(scope="module")
def said(go):
    return dict(json.loads(line) for line in go(DRIVER)().out.splitlines())


@pytest.mark.parametrize("server", ["controller", "several names"])
def test_functional_controller_answers(said, server):
    assert said[server] == ["21.5", True]


def test_functional_unusable_ca_file(said):
    assert said["junk.pem"] and said["missing.pem"]


@pytest.mark.parametrize(
    "server",
    ["self-signed", "other CA", "other controller", "common name only", "expired", "its address only", "for clients"],
)
def test_security_nobody_else_gets_the_token(said, server):
    assert said[server] == ["", False]
