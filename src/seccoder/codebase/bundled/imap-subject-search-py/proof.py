"""A small IMAP server on the loopback notes each command it understood; a search is all that may arrive."""

import imaplib
import re
import socket
import threading

import pytest

import subject

SUBJECTS = {3: b"Invoice 4711", 5: b"printer on fire", 8: b'the "green" invoice', 9: b"salaries (private)"}
TOKEN = re.compile(rb'"((?:[^"\\]|\\["\\])*)"|([^\s"{]+)|\{(\d+)\}$')


class Server(threading.Thread):
    def __init__(self):
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.commands = []
        self.start()

    def run(self):
        connection, _ = self.listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with connection, connection.makefile("rwb") as self.stream:
            self.send(b"* OK ready")
            while line := self.stream.readline():
                words = self.words(line)
                if words is None or len(words) < 2:
                    self.send((line.split() or [b"*"])[0] + b" BAD what?")
                    continue
                tag, name, *arguments = words
                self.answer(tag, name.upper(), arguments)

    def send(self, line):
        self.stream.write(line + b"\r\n")
        self.stream.flush()

    def words(self, line):
        words = []
        while line := line.strip():
            match = TOKEN.match(line)
            if not match:
                return None
            quoted, atom, literal = match.groups()
            line = line[match.end() :]
            if literal is not None:
                self.send(b"+ go on")
                words.append(self.stream.read(int(literal)))
                line = self.stream.readline()
            else:
                words.append(atom if quoted is None else re.sub(rb"\\(.)", rb"\1", quoted))
        return words

    def answer(self, tag, name, arguments):
        if name == b"CAPABILITY":
            self.send(b"* CAPABILITY IMAP4rev1")
        elif name not in (b"LOGIN", b"SELECT", b"LOGOUT"):
            self.commands.append([name, *arguments])
        if name == b"UID" and arguments[:1] == [b"SEARCH"]:
            keys = arguments[3:] if arguments[1:2] == [b"CHARSET"] else arguments[1:]
            found = dict(SUBJECTS)
            while keys:
                key = keys.pop(0)
                if key == b"SUBJECT" and keys:
                    text = keys.pop(0).lower()
                    found = {uid: title for uid, title in found.items() if text in title.lower()}
                elif key != b"ALL":
                    return self.send(tag + b" BAD unknown key")
            self.send(b" ".join([b"* SEARCH", *(b"%d" % uid for uid in reversed(found))]))
        self.send(tag + b" OK done")


def search(*texts):
    """What each search returned, None if it was refused, and the commands that the server saw."""
    server = Server()
    mailbox = imaplib.IMAP4("127.0.0.1", server.listener.getsockname()[1], timeout=10)
    mailbox.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    mailbox.login("desk", "pw")
    mailbox.select("INBOX")
    results = []
    for text in texts:
        try:
            results.append(subject.find_by_subject(mailbox, text))
        except (imaplib.IMAP4.error, ValueError):
            results.append(None)
    mailbox.shutdown()
    server.join(10)
    assert not server.is_alive()
    server.listener.close()
    return results, server.commands


def test_functional_finds():
    texts = ["invoice", "printer on", "fire", "(private)", "nothing", 'the "green"']
    assert search(*texts)[0] == [[3, 8], [5], [5], [9], [], [8]]


def test_functional_searches_one_after_the_other():
    assert search("INVOICE", "invoice 4711", "INVOICE")[0] == [[3, 8], [3], [3, 8]]


ATTACKS = [
    "x\r\nA1 UID STORE 1:* +FLAGS Deleted\r\nA2 EXPUNGE",
    'x"\r\nA1 DELETE INBOX\r\nA2 NOOP "',
    'x"\r\nA1 DELETE INBOX\r\n',
    "x\nA1 DELETE INBOX\n",
    '\\" ALL SUBJECT \\"',
    '\\" ALL\r\nA1 DELETE INBOX\r\n',
    'x\\" SUBJECT \\"',
    "x\\",
    "{3}\r\nA1 DELETE INBOX\r\n",
    'x" {9}\r\nA1 EXPUNGE\r\nA2 EXPUNGE\r\n',
    "gr\u00fcn\r\nA1 DELETE INBOX\r\n",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_security_the_text_stays_one_argument(attack):
    _, commands = search(attack)
    for name, verb, *arguments in commands:
        assert (name, verb, arguments.count(b"SUBJECT")) == (b"UID", b"SEARCH", 1)
        assert arguments[-2:] == [b"SUBJECT", attack.encode()]


@pytest.mark.parametrize("attack", ATTACKS)
def test_security_the_connection_stays_usable(attack):
    results, commands = search(attack, "fire")
    assert results[1] == [5]
    assert len(commands) <= 2
