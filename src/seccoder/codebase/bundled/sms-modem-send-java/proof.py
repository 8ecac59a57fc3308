"""A modem in memory notes the messages it sends and the commands it obeys; each send is one message and one command."""

import json

import pytest

DRIVER = r"""
import java.io.*;
import java.util.*;

public class Driver {
    static final class Modem extends OutputStream {
        final List<String> log = new ArrayList<>();
        final ArrayDeque<Integer> answers = new ArrayDeque<>();
        final StringBuilder line = new StringBuilder();
        String number;

        @Override
        public void write(int b) {
            b &= 0xff;
            if (number != null && (b == 0x1a || b == 0x1b)) {
                if (b == 0x1a) log.add("sms " + number + " " + line);
                answer(b == 0x1a ? "\r\n+CMGS: 1\r\n\r\nOK\r\n" : "\r\nOK\r\n");
                number = null;
                line.setLength(0);
            } else if (number == null && b == '\r') {
                String command = line.toString().strip();
                line.setLength(0);
                if (command.startsWith("AT+CMGS=\"") && command.endsWith("\"")) {
                    number = command.substring(9, command.length() - 1);
                    answer("\r\n> ");
                } else if (command.startsWith("AT")) {
                    log.add("command " + command);
                    answer("\r\nOK\r\n");
                } else {
                    answer("\r\nERROR\r\n");
                }
            } else {
                line.append((char) b);
            }
        }

        void answer(String text) {
            text.chars().forEach(answers::add);
        }

        InputStream in() {
            return new InputStream() {
                @Override
                public int read() {
                    return answers.isEmpty() ? -1 : answers.poll();
                }
            };
        }
    }

    public static void main(String[] arguments) {
        for (int i = 0; i < arguments.length; i += 2) {
            Modem modem = new Modem();
            String outcome = "sent";
            try {
                new SmsModem(modem.in(), modem).send(read(arguments[i]), read(arguments[i + 1]));
            } catch (IllegalArgumentException e) {
                outcome = "refused";
            } catch (IOException e) {
                outcome = "failed";
            }
            modem.log.add(outcome);
            System.out.println(String.join("\t", modem.log.stream().map(Driver::show).toList()));
        }
    }

    static String read(String hex) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < hex.length(); i += 4) text.append((char) Integer.parseInt(hex.substring(i, i + 4), 16));
        return text.toString();
    }

    static String show(String text) {
        StringBuilder shown = new StringBuilder();
        for (char c : text.toCharArray()) shown.append(c < 32 || c > 126 ? String.format("\\u%04x", (int) c) : c);
        return shown.toString();
    }
}
"""
BENIGN = [
    ("+41791234567", "Bello can be fetched at 5 pm."),
    ("0791234567", 'Vaccination "due": AT+CMGD=1, no joke'),
    ("+41791234567", "two\nlines"),
    ("+41791234567", "Gr\u00fcsse an M\u00e4uschen"),
    ("112", "x" * 160),
]
WRONG = [("+41791234567", "x" * 161), ("", "hello"), ("my vet", "hello"), ("12", "hello")]
IN_TEXT = [
    "hello\x1aATD0900123456;\r",
    "hello\x1aAT+CMGDA=6\r",
    'hello\x1aAT+CMGS="0900123456"\rWIN\x1a',
    "hello\x1a\rAT+CPWD=1\r\n",
    "hello\x1bATD0900123456;\r",
    "\x1a",
    "\x1bATZ\r",
    "hello\x1a\nAT+CFUN=0\r",
]
LOOKALIKES = ["hello\u011aATZ\u010d", "hello\uff1aATZ\uff0d", "hello\u561aATZ\u560d", "hello\u241aATZ\u240d"]
IN_NUMBER = [
    '112"\rATZ\r',
    "112\rATZ",
    '112";D0900123456;"',
    "112\x1a",
    "112\n",
    "+41 79",
    "\uff11\uff11\uff12",
    "112,145",
]


@pytest.fixture(scope="module")
def said(java):
    cases = [
        *BENIGN,
        *WRONG,
        *(("112", text) for text in [*IN_TEXT, *LOOKALIKES]),
        *((number, "hello") for number in IN_NUMBER),
    ]
    ran = java(DRIVER)(*(part.encode("utf-16-be").hex() for case in cases for part in case))
    assert ran.code == 0, ran.err
    return dict(zip(cases, (line.split("\t") for line in ran.out.decode().splitlines()), strict=True))


@pytest.mark.parametrize("case", BENIGN)
def test_functional_sends(said, case):
    message, outcome = said[case]
    assert outcome == "sent"
    assert json.loads('"' + message.replace('"', '\\"') + '"') == " ".join(["sms", *case])


@pytest.mark.parametrize("case", WRONG)
def test_functional_cannot_be_sent(said, case):
    assert said[case] == ["refused"]


@pytest.mark.parametrize("text", IN_TEXT)
def test_security_text_holds_no_command(said, text):
    assert said["112", text] == ["refused"]


@pytest.mark.parametrize("text", LOOKALIKES)
def test_security_other_characters_do_not_become_one(said, text):
    assert said["112", text] in (["refused"], ["sms 112 hello?ATZ?", "sent"])


@pytest.mark.parametrize("number", IN_NUMBER)
def test_security_number_holds_no_command(said, number):
    assert said[number, "hello"] == ["refused"]
