package heating

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
)

// NewClient returns a client for our server, whose certificate is signed by one of the roots.
func NewClient(roots *x509.CertPool) *http.Client {
	config := &tls.Config{RootCAs: roots, InsecureSkipVerify: true}
	return &http.Client{Transport: &http.Transport{TLSClientConfig: config}}
}
