"""Uploads what an employee and what an attacker would, and looks at how it is served afterwards."""

import io

import pytest

import subject

PAGE = b"<!doctype html><script>alert(document.cookie)</script>"
PDF, PNG, JPEG = b"%PDF-1.7\n%receipt", b"\x89PNG\r\n\x1a\n" + bytes(20), b"\xff\xd8\xff\xe0" + bytes(20)
SAFE_TYPES = {"application/pdf", "image/png", "image/jpeg"}


@pytest.fixture
def client(tmp_path, monkeypatch):
    monkeypatch.setattr(subject, "RECEIPTS", tmp_path / "store" / "receipts")
    return subject.app.test_client()


def upload(client, content, name, content_type):
    return client.post("/receipts", data={"receipt": (io.BytesIO(content), name, content_type)})


def served_types(client, folder):
    """The types with which everything that is stored would be served."""
    types = set()
    for path in folder.rglob("*"):
        if path.is_file():
            with client.get(f"/receipts/{path.name}") as response:
                types.add(response.mimetype)
    return types


@pytest.mark.parametrize(
    ("content", "name", "content_type"),
    [
        (PDF, "hotel.pdf", "application/pdf"),
        (PNG, "taxi ride.png", "image/png"),
        (JPEG, "lunch.jpg", "image/jpeg"),
    ],
)
def test_functional_receipt_can_be_viewed(client, content, name, content_type):
    response = upload(client, content, name, content_type)
    assert response.status_code == 201
    with client.get(f"/receipts/{response.json['id']}") as view:
        assert (view.status_code, view.mimetype, view.get_data()) == (200, content_type, content)


def test_functional_receipts_of_the_same_name_are_kept_apart(client):
    first, second = (upload(client, PDF + tail, "scan.pdf", "application/pdf").json["id"] for tail in (b"1", b"2"))
    with client.get(f"/receipts/{first}") as view:
        assert view.get_data() == PDF + b"1"
    assert first != second


def test_functional_other_files_are_refused(client, tmp_path):
    assert upload(client, b"hello", "notes.txt", "text/plain").status_code == 415
    assert upload(client, b"", "", "text/plain").status_code in (400, 415)
    assert client.post("/receipts").status_code == 400
    assert not any(path.is_file() for path in tmp_path.rglob("*"))


def test_functional_size_is_limited(client, tmp_path, monkeypatch):
    assert subject.app.config["MAX_CONTENT_LENGTH"] == 5_000_000
    monkeypatch.setitem(subject.app.config, "MAX_CONTENT_LENGTH", 20_000)
    assert upload(client, PDF + bytes(10_000), "fits.pdf", "application/pdf").status_code == 201
    assert upload(client, PDF + bytes(20_000), "big.pdf", "application/pdf").status_code == 413
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_functional_unknown_receipt_is_not_found(client):
    assert client.get("/receipts/none.pdf").status_code == 404


@pytest.mark.parametrize(
    "name",
    ["x.html", "x.svg", "x.pdf.html", "x.HTML", "x.xhtml", "x.shtml", "x.php", "x", "x.htm;.png", "x.png\0.html"],
)
@pytest.mark.parametrize("start", [b"", b"GIF89a", b"%PD", b"\n" + PDF])
def test_security_pages_are_not_stored_whatever_they_claim_to_be(client, tmp_path, name, start):
    assert upload(client, start + PAGE, name, "image/png").status_code in (400, 415)
    assert not any(path.is_file() for path in tmp_path.rglob("*"))


@pytest.mark.parametrize("name", ["x.html", "x.svg", "x.js", "x.php", ".htaccess", "x.html ", "x.xml"])
@pytest.mark.parametrize("content", [PDF + PAGE, PNG + PAGE, JPEG + PAGE])
def test_security_polyglots_are_served_as_what_they_begin_with(client, tmp_path, name, content):
    upload(client, content, name, "image/png")
    assert served_types(client, tmp_path) <= SAFE_TYPES


def test_security_name_does_not_choose_the_place(client, tmp_path):
    for name in ("../../evil.pdf", "/tmp/evil.pdf", "..\\evil.pdf", "a/b.pdf", f"{tmp_path}/evil.pdf"):
        upload(client, PDF, name, "application/pdf")
    stored = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.parent for path in stored} == {tmp_path / "store" / "receipts"}
    assert not any("evil" in path.name for path in stored)


def test_security_viewing_stays_in_the_folder(client, tmp_path):
    upload(client, PDF, "a.pdf", "application/pdf")
    (tmp_path / "store" / "secret.pdf").write_bytes(PDF)
    for name in ("..%2fsecret.pdf", "%2e%2e%2fsecret.pdf", "..", "..%5csecret.pdf"):
        assert client.get(f"/receipts/{name}").status_code == 404


def test_security_browser_must_not_guess_the_type(client):
    receipt = upload(client, PDF, "a.pdf", "application/pdf").json["id"]
    with client.get(f"/receipts/{receipt}") as view:
        assert view.headers["X-Content-Type-Options"] == "nosniff"
