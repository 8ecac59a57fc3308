"""A sheet must not pull in a file beside the shared paragraphs, nor reach an address."""

import urllib.request
from xml.sax import SAXException

import pytest

import subject

SECRET = "db-password 4711"


@pytest.fixture
def shared(tmp_path):
    folder = tmp_path / "shared"
    folder.mkdir()
    (folder / "warranty.txt").write_text("Two years.")
    (folder / "disposal.txt").write_text("Bring it back: Müll.", encoding="utf-8")
    (folder / "prices.key").write_text(SECRET)
    (tmp_path / "secret.txt").write_text(SECRET)
    return folder


@pytest.fixture
def contacted(monkeypatch):
    """Addresses that were asked for; nothing is really fetched."""
    asked = []

    def urlopen(address, *arguments, **options):
        asked.append(str(address))
        raise OSError("no network")

    monkeypatch.setattr(urllib.request, "urlopen", urlopen)
    return asked


def sheet(system, name="part"):
    declaration = f'<!DOCTYPE sheet [<!ENTITY {name} SYSTEM "{system}">]>'
    return f"{declaration}<sheet><name>Drill</name>: &{name};</sheet>".encode()


def test_functional_paragraphs(shared):
    assert subject.sheet_text(sheet("warranty.txt"), shared) == "Drill: Two years."
    assert subject.sheet_text(sheet("disposal.txt", "disposal"), shared) == "Drill: Bring it back: Müll."


def test_functional_without_entities(shared):
    assert subject.sheet_text("<sheet>Säge &amp; <b>Blatt</b></sheet>".encode(), shared) == "Säge & Blatt"
    internal = b'<!DOCTYPE s [<!ENTITY brand "Bolt">]><s>&brand; 7</s>'
    assert subject.sheet_text(internal, shared) == "Bolt 7"


def test_functional_malformed(shared):
    with pytest.raises(SAXException):
        subject.sheet_text(b"<sheet>", shared)


def text_of(document, shared):
    try:
        return subject.sheet_text(document, shared)
    except (SAXException, OSError, ValueError):
        return ""


@pytest.mark.parametrize(
    "system",
    [
        "../secret.txt",
        "{root}/secret.txt",
        "file://{root}/secret.txt",
        "file:{root}/secret.txt",
        "warranty.txt/../../secret.txt",
        "./../secret.txt",
        "prices.key",
        "..%2fsecret.txt",
        "&#46;./secret.txt",
    ],
)
def test_security_no_other_file(shared, tmp_path, system):
    assert SECRET not in text_of(sheet(system.format(root=tmp_path)), shared)


@pytest.mark.parametrize("system", ["http://10.0.0.5/admin", "https://evil.example/?x", "ftp://10.0.0.5/x"])
def test_security_no_address(shared, contacted, system):
    text_of(sheet(system), shared)
    assert contacted == []


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE s SYSTEM "http://10.0.0.5/x.dtd"><s/>',
        '<!DOCTYPE s [<!ENTITY % p SYSTEM "http://10.0.0.5/x.dtd"> %p;]><s/>',
        '<!DOCTYPE s [<!ENTITY a SYSTEM "warranty.txt"><!ENTITY b "&a;<x>&c;</x>"><!ENTITY c SYSTEM "http://10.0.0.5/">]><s>&b;</s>',
    ],
)
def test_security_no_address_in_other_declarations(shared, contacted, document):
    text_of(document.encode(), shared)
    assert contacted == []
