"""A stand-in notes what it was given; read as sendmail reads it, the address never becomes an option."""

import getopt
import os
import stat

import pytest

DRIVER = r"""
import static given.Said.show;

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
    return java(DRIVER)(*ADDRESSES, *ATTACKS, *others, env=path).said


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
