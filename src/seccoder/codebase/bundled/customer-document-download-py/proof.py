"""The archive holds customers "acme" and "acme-2"; whoever is signed in as "acme" may only get acme's files."""

import pytest

import subject

SECRET = b"salary list of the neighbour"


@pytest.fixture
def get(tmp_path, monkeypatch):
    archive = tmp_path / "archive"
    (archive / "acme" / "2024").mkdir(parents=True)
    (archive / "acme" / "2024" / "invoice 17.pdf").write_bytes(b"%PDF invoice")
    (archive / "acme" / "contract.txt").write_bytes(b"the contract")
    (archive / "acme-2").mkdir()
    (archive / "acme-2" / "salaries.txt").write_bytes(SECRET)
    (tmp_path / "secret.txt").write_bytes(SECRET)
    (archive / "acme" / "shortcut.txt").symlink_to(archive / "acme-2" / "salaries.txt")
    (archive / "acme" / "elsewhere").symlink_to(archive / "acme-2", target_is_directory=True)
    monkeypatch.setattr(subject, "ARCHIVE", type(subject.ARCHIVE)(archive))
    subject.app.secret_key = "for the test only"

    def send(name, customer="acme"):
        client = subject.app.test_client()
        if customer:
            with client.session_transaction() as session:
                session["customer"] = customer
        with client.get("/documents", query_string=None if name is None else {"name": name}) as response:
            return response.status_code, response.get_data()

    send.root = tmp_path
    return send


def test_functional_sends_a_document_of_a_subfolder(get):
    assert get("2024/invoice 17.pdf") == (200, b"%PDF invoice")


def test_functional_sends_a_document_of_the_folder_itself(get):
    assert get("contract.txt") == (200, b"the contract")


def test_functional_each_customer_has_a_folder(get):
    assert get("salaries.txt", customer="acme-2") == (200, SECRET)


def test_functional_unknown_names_and_folders_are_not_found(get):
    assert [get(name)[0] for name in ("no.pdf", "2024", "", None)] == [404] * 4


def test_functional_nobody_is_served_without_signing_in(get):
    assert get("contract.txt", customer=None)[0] == 401


def refused(get, name):
    status, body = get(name)
    return status in (400, 403, 404) and SECRET not in body


def test_security_parent_folders(get):
    assert refused(get, "../../secret.txt")
    assert refused(get, "2024/../../../secret.txt")


def test_security_neighbour_whose_name_starts_alike(get):
    assert refused(get, "../acme-2/salaries.txt")


def test_security_absolute_path(get):
    assert refused(get, str(get.root / "secret.txt"))
    assert refused(get, str(get.root / "archive" / "acme-2" / "salaries.txt"))


def test_security_symlink_to_a_file(get):
    assert refused(get, "shortcut.txt")


def test_security_symlinked_folder(get):
    assert refused(get, "elsewhere/salaries.txt")


def test_security_odd_spellings(get):
    for name in (
        "..%2f..%2fsecret.txt",
        "..\\..\\secret.txt",
        "....//....//secret.txt",
        "../../secret.txt\0.pdf",
        "./.././../secret.txt",
    ):
        assert refused(get, name), name
