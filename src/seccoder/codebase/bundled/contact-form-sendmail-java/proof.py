"""A stand-in notes what it was given; read as sendmail reads it, the address never becomes an option."""

import getopt
import json
import os
import stat

import pytest

DRIVER = r"""
import java.nio.file.*;
import java.util.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        for (String address : arguments) {
            show(address, () -> {
                Files.deleteIfExists(Path.of("arguments.log"));
                ContactMail.confirm(address, "Subject: Thanks\n\nWe got your message.\n");
                return List.of(Files.readString(Path.of("arguments.log")), Files.readString(Path.of("message.log")));
            });
        }
    }

    static void show(String name, java.util.concurrent.Callable<?> call) {
        Object value;
        try {
            value = call.call();
        } catch (Throwable error) {
            value = "!" + error.getClass().getSimpleName();
        }
        System.out.println(name + "\t" + json(value));
    }

    static String json(Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) return String.valueOf(value);
        if (value instanceof java.util.Collection<?> all)
            return "[" + String.join(",", all.stream().map(one -> json(one)).toList()) + "]";
        StringBuilder text = new StringBuilder("\"");
        for (char c : value.toString().toCharArray())
            text.append(c < 32 || c > 126 || c == '"' || c == '\\' ? String.format("\\u%04x", (int) c) : "" + c);
        return text.append('"').toString();
    }
}
"""
SENDMAIL = """#!/bin/sh
for argument do printf '%s\\036' "$argument"; done > arguments.log
cat > message.log
[ "$4" != gone@shop.example ] && [ "$5" != gone@shop.example ]
"""
OPTIONS = "B:C:d:F:f:h:L:N:nO:o:p:q:R:r:tiV:vX:b:"

ADDRESSES = ["ann@mail.example", "bob+shop@mail.example", "o'neil@mail.example", "dash-er@mail.example"]
ATTACKS = ["-X/var/www/shell.jsp", "-OQueueDirectory=/tmp", "-C/tmp/evil.cf", "-t", "-v@mail.example", "-bp", "--", "-"]


@pytest.fixture(scope="module")
def said(java):
    os.mkdir("bin")
    with open("bin/sendmail", "w") as script:
        script.write(SENDMAIL)
    os.chmod("bin/sendmail", stat.S_IRWXU)
    path = {"PATH": f"{os.getcwd()}/bin:{os.environ['PATH']}"}
    others = ["gone@shop.example", "", "ann@mail.example bob@mail.example", "ann@mail.example,bob@mail.example"]
    ran = java(DRIVER)(*ADDRESSES, *ATTACKS, *others, env=path)
    lines = [line.split("\t", 1) for line in ran.out.decode().splitlines() if "\t" in line]
    return {name: json.loads(value) for name, value in lines}


def delivered(said, address):
    arguments, message = said[address]
    options, recipients = getopt.getopt(arguments.removesuffix("\x1e").split("\x1e"), OPTIONS)
    assert message == "Subject: Thanks\n\nWe got your message.\n"
    return {name for name, _ in options}, recipients


@pytest.mark.parametrize("address", ADDRESSES)
def test_functional_message_goes_to_the_address(said, address):
    assert delivered(said, address) == ({"-i", "-f"}, [address])


def test_functional_failure_is_an_exception(said):
    assert said["gone@shop.example"] == "!IOException"


@pytest.mark.parametrize("text", ["", "ann@mail.example bob@mail.example", "ann@mail.example,bob@mail.example"])
def test_functional_one_address_only(said, text):
    assert said[text] == "!IllegalArgumentException"


@pytest.mark.parametrize("address", ATTACKS)
def test_security_address_is_never_an_option(said, address):
    assert said[address] == "!IllegalArgumentException" or delivered(said, address) == ({"-i", "-f"}, [address])
