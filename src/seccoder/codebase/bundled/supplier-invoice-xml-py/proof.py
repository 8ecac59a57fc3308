"""An invoice must not be able to pull other files into itself or to expand."""

from decimal import Decimal
from xml.parsers.expat import ExpatError

import pytest
import subject

INVOICE = "<invoice><number>{number}</number><total>119.00</total></invoice>"


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "salaries.txt"
    path.write_text("chief: 250000")
    return path.as_uri()


def test_functional_reads_number_and_total():
    assert subject.read_invoice(INVOICE.format(number="2024-17").encode()) == ("2024-17", Decimal("119.00"))


def test_functional_escapes_comments_and_encodings():
    text = '<?xml version="1.0" encoding="utf-16"?><!-- copy -->' + INVOICE.format(
        number="A&amp;B &#228; <![CDATA[<7>]]>"
    )
    assert subject.read_invoice(text.encode("utf-16"))[0] == "A&B ä <7>"


@pytest.mark.parametrize("document", [b"", b"<invoice>", b"<invoice>&unknown;</invoice>", b"\x00\xff"])
def test_functional_malformed_is_an_error(document):
    with pytest.raises(ExpatError):
        subject.read_invoice(document)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_security_external_entity(secret, encoding):
    document = f'<!DOCTYPE invoice [<!ENTITY x SYSTEM "{secret}">]>' + INVOICE.format(number="&x;")
    with pytest.raises(ValueError):
        subject.read_invoice(document.encode(encoding))


def test_security_entity_with_public_identifier(secret):
    document = f'<!DOCTYPE invoice [<!ENTITY x PUBLIC "-//A//B" "{secret}">]>' + INVOICE.format(number="&x;")
    with pytest.raises(ValueError):
        subject.read_invoice(document.encode())


def test_security_external_subset(secret):
    with pytest.raises(ValueError):
        subject.read_invoice(f'<!DOCTYPE invoice SYSTEM "{secret}">{INVOICE.format(number="1")}'.encode())


def test_security_entities_that_multiply():
    definitions = '<!ENTITY e0 "ha">' + "".join(f'<!ENTITY e{i} "&e{i - 1};&e{i - 1};">' for i in range(1, 9))
    with pytest.raises(ValueError):
        subject.read_invoice(f"<!DOCTYPE invoice [{definitions}]>{INVOICE.format(number='&e8;')}".encode())
