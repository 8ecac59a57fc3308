"""The context knows the CA, and asks for a certificate that fits the server's name."""

import ssl

import pytest
import subject


@pytest.fixture(scope="module")
def context(certificate):
    certificate("ca", "ca.example")
    return subject.client_context("ca.pem")


def test_functional_knows_the_ca(context):
    assert isinstance(context, ssl.SSLContext) and context.cert_store_stats()["x509"] >= 1


def test_security_asks_for_a_certificate(context):
    assert context.verify_mode == ssl.CERT_REQUIRED and context.check_hostname
