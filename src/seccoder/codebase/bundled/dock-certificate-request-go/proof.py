"""The request is read and checked as the authority would; the size of the key in it is looked at."""

import json

import pytest

DRIVER = r"""
package main

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"os"

	"demo/subject"
)

func main() {
	for _, host := range os.Args[1:] {
		keyPEM, requestPEM, err := dock.NewRequest(host)
		if err != nil {
			panic(err)
		}
		keyBlock, rest := pem.Decode(keyPEM)
		requestBlock, rest2 := pem.Decode(requestPEM)
		parsed, err := x509.ParsePKCS8PrivateKey(keyBlock.Bytes)
		if err != nil {
			panic(err)
		}
		request, err := x509.ParseCertificateRequest(requestBlock.Bytes)
		if err != nil {
			panic(err)
		}
		key := parsed.(*rsa.PrivateKey)
		json.NewEncoder(os.Stdout).Encode(map[string]any{
			"rest":      len(rest) + len(rest2),
			"signed":    request.CheckSignature() == nil,
			"same":      key.PublicKey.Equal(request.PublicKey),
			"name":      request.Subject.CommonName,
			"names":     request.DNSNames,
			"bits":      key.N.BitLen(),
			"exponent":  key.E,
			"algorithm": request.SignatureAlgorithm.String(),
			"modulus":   key.N.String(),
		})
	}
}
"""
HOSTS = ["dock-17.bikes.example", "dock-18.bikes.example"]


@pytest.fixture(scope="module")
def requests(go):
    return [json.loads(line) for line in go(DRIVER)(*HOSTS).out.splitlines()]


@pytest.mark.parametrize("which", [0, 1])
def test_functional_request(requests, which):
    request = requests[which]
    assert request["signed"] and request["same"] and request["rest"] == 0
    assert request["name"] == HOSTS[which] and request["names"] == [HOSTS[which]]


def test_functional_each_dock_has_its_own_key(requests):
    assert requests[0]["modulus"] != requests[1]["modulus"]


def test_security_key_size(requests):
    assert all(request["bits"] >= 2048 and request["exponent"] >= 65537 for request in requests)


def test_security_signature_algorithm(requests):
    assert all("SHA256" in request["algorithm"] for request in requests)
