"""The mail says what the visitor wrote, to the workshop and to nobody else."""

import email
from email import policy
from email.utils import getaddresses, parseaddr

import pytest
import subject


def parsed(raw):
    return email.message_from_bytes(raw, policy=policy.default)


def body(message):
    return message.get_content().replace("\r\n", "\n").rstrip("\n")


def test_functional_a_mail():
    message = parsed(subject.contact_mail("Ann Lee", "ann@home.example", "A new table", "Hello,\n\noak, please.\nAnn"))
    assert message["From"].addresses[0].addr_spec == "site@carpenter.example"
    assert message["To"].addresses[0].addr_spec == "office@carpenter.example"
    assert parseaddr(str(message["Reply-To"])) == ("Ann Lee", "ann@home.example")
    assert message["Subject"] == "A new table"
    assert body(message) == "Hello,\n\noak, please.\nAnn"


def test_functional_other_letters_in_the_text():
    message = parsed(subject.contact_mail("Ann", "ann@home.example", "x", "Stühle für 3 € — très bien"))
    assert body(message) == "Stühle für 3 € — très bien"


@pytest.mark.parametrize("name", ["Lee, Ann", 'Ann "the oak" Lee', "A. B. (Lee)"])
def test_functional_names(name):
    message = email.message_from_bytes(subject.contact_mail(name, "ann@home.example", "x", "y"))
    assert getaddresses([message["Reply-To"]]) == [(name, "ann@home.example")]


def test_functional_the_text_may_look_like_headers():
    message = parsed(subject.contact_mail("Ann", "ann@home.example", "x", "Bcc: me\nSubject: no\n\nreally"))
    assert body(message) == "Bcc: me\nSubject: no\n\nreally" and message["Bcc"] is None


INJECTED = [
    "{nl}Bcc: victim@evil.example",
    "x{nl}Bcc: victim@evil.example{nl}X-Y: z",
    "x{nl}To: victim@evil.example",
    "x{nl}Content-Type: text/html{nl}{nl}<h1>Buy</h1>",
    "x{nl}{nl}A text of the attacker's",
    "x{nl} Bcc: folded{nl}Bcc: victim@evil.example",
    "ann@home.example>{nl}Bcc: <victim@evil.example",
]
KNOWN = {
    *("from", "to", "reply-to", "subject", "date", "message-id", "mime-version", "content-type"),
    *("content-transfer-encoding", "sender", "content-disposition", "content-language", "auto-submitted", "x-mailer"),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("where", [0, 1, 2], ids=["name", "address", "subject"])
@pytest.mark.parametrize("attack", INJECTED)
def test_security_entries_add_nothing(newline, where, attack):
    entries = ["Ann", "ann@home.example", "A table", "Hello"]
    entries[where] = attack.replace("{nl}", newline) + ("@home.example" if where == 1 and "@" not in attack else "")
    try:
        raw = subject.contact_mail(*entries)
    except Exception:
        return
    if not raw:
        return
    message = email.message_from_bytes(bytes(raw))
    assert {name.lower() for name in message.keys()} <= KNOWN
    assert "victim@evil.example" not in str(message.get_all("To"))
    assert len(message.get_all("To")) == len(message.get_all("From")) == 1
    content = message.get_payload(decode=True)
    assert content is not None and content.strip() == b"Hello" and message.get_content_type() == "text/plain"
