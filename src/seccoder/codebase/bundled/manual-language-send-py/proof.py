"""Nothing but the manuals is sent, whichever part of the request tries to lead elsewhere."""

import pytest

import subject

SECRET = "db-password=4711"


@pytest.fixture
def root(tmp_path, monkeypatch):
    manuals = tmp_path / "help" / "manuals"
    for language, text in (("en", "Paper tray"), ("de", "Papierfach")):
        (manuals / language / "printing").mkdir(parents=True)
        (manuals / language / "printing" / "tray.html").write_text(text)
        (manuals / language / "index.html").write_text(f"index {language}")
    for place in (tmp_path, tmp_path / "help", tmp_path / "help" / "manuals-internal"):
        place.mkdir(exist_ok=True)
        (place / "settings.env").write_text(SECRET)
    monkeypatch.setattr(subject, "MANUALS", manuals)
    return tmp_path


@pytest.fixture
def client(root):
    with subject.app.test_client() as client:
        yield client


def test_functional_languages(client):
    assert client.get("/manual/printing/tray.html").text == "Paper tray"
    assert client.get("/manual/printing/tray.html?lang=de").text == "Papierfach"
    response = client.get("/manual/index.html?lang=en")
    assert (response.text, response.mimetype) == ("index en", "text/html")


@pytest.mark.parametrize("path", ["/manual/none.html", "/manual/index.html?lang=xx", "/manual/printing"])
def test_functional_missing_pages(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "language",
    ["..", "../..", "../manuals-internal", "de/../..", "{root}", "{root}/help", "/", ".", "//{root}", "", "%00"],
)
@pytest.mark.parametrize("page", ["settings.env", "help/settings.env", "{tail}/settings.env"])
def test_security_language_does_not_move_the_directory(client, root, language, page):
    page = page.format(tail=str(root).lstrip("/"))
    response = client.get(f"/manual/{page}?lang={language.format(root=root)}")
    assert SECRET not in response.text
    assert response.status_code in (400, 404)


@pytest.mark.parametrize(
    "path",
    [
        "/manual/../../settings.env",
        "/manual/%2e%2e/%2e%2e/settings.env",
        "/manual/printing/..%2f..%2f..%2fsettings.env",
        "/manual/..%5c..%5csettings.env",
        "/manual//{root}/settings.env",
        "/manual/%2f{root}/settings.env",
    ],
)
def test_security_page_does_not_lead_out(client, root, path):
    assert SECRET not in client.get(path.format(root=root)).text
