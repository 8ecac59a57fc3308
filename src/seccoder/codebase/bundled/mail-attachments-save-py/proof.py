"""Whatever an attachment is called, and however the name is encoded, its file lies in its own numbered folder."""

import base64
from email.message import EmailMessage

import pytest

import subject


def mail(*headers, content=b"data"):
    """A raw message with one attachment per Content-Disposition header."""
    parts = "".join(
        f"--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: {header}\r\n\r\n{base64.b64encode(content).decode()}\r\n"
        for header in headers
    )
    start = "Subject: broken\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    return f"{start}--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n{parts}--b--\r\n".encode()


@pytest.fixture
def ticket(tmp_path):
    folder = tmp_path / "tickets" / "17"
    folder.mkdir(parents=True)
    (tmp_path / "precious").write_text("precious")
    (tmp_path / "tickets" / "16").mkdir()
    return folder


def test_functional_saves_under_the_senders_name(ticket):
    message = EmailMessage()
    message.set_content("see attached")
    message.add_attachment(b"\xff\xd8jpg", maintype="image", subtype="jpeg", filename="photo (1).jpg")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Übersicht.pdf")
    message.add_attachment(b"again", maintype="image", subtype="jpeg", filename="photo (1).jpg")
    paths = subject.save_attachments(bytes(message), ticket)
    assert paths == [ticket / "1" / "photo (1).jpg", ticket / "2" / "Übersicht.pdf", ticket / "3" / "photo (1).jpg"]
    assert [path.read_bytes() for path in paths] == [b"\xff\xd8jpg", b"%PDF", b"again"]


def test_functional_no_name_and_no_attachments(ticket):
    assert subject.save_attachments(mail("attachment"), ticket) == [ticket / "1" / "attachment"]
    assert subject.save_attachments(b"Subject: hi\r\n\r\nhello", ticket) == []


def encoded_word(name):
    return "=?utf-8?b?" + base64.b64encode(name.encode()).decode() + "?="


def forms(name):
    percent = "".join(f"%{byte:02X}" for byte in name.encode())
    return [
        f'attachment; filename="{name}"',
        f"attachment; filename*=utf-8''{percent}",
        f'attachment; filename="{encoded_word(name)}"',
        f"attachment; filename*0*=utf-8''{percent[:6]}; filename*1*={percent[6:]}",
    ]


@pytest.mark.parametrize("form", range(4))
@pytest.mark.parametrize(
    "name",
    [
        "../../../precious",
        "../../16/evil.txt",
        "{root}/precious",
        "..",
        ".",
        "../evil",
        "a/../../../../precious",
        ".htaccess",
        "x/",
    ],
)
def test_security_files_stay_in_their_folder(ticket, tmp_path, name, form):
    try:
        subject.save_attachments(mail(forms(name.format(root=tmp_path))[form]), ticket)
    except (OSError, ValueError):
        pass
    assert (tmp_path / "precious").read_text() == "precious"
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != "precious"]
    assert all(path.parent == ticket / "1" and not path.name.startswith(".") for path in files)


@pytest.mark.parametrize("name", ["..\\..\\evil.exe", "a\0b", "x" * 300 + ".pdf", "line\nbreak", "~/x", "*?"])
def test_security_odd_names_are_saved_all_the_same(ticket, name):
    [path] = subject.save_attachments(mail(forms(name)[1]), ticket)
    assert path.parent == ticket / "1"
    assert path.read_bytes() == b"data"
    assert not set(path.name) & set("\\\0\n~*?/")
