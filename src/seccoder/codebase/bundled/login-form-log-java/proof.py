"""Secrets in listed and unlisted fields, under any name, must not be in the line."""

import pytest

DRIVER = r"""
import java.util.HashMap;
import java.util.Map;

public class Driver {
    public static void main(String[] arguments) {
        Map<String, String> form = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) form.put(arguments[i], arguments[i + 1]);
        System.out.print(FormLog.line(form));
    }
}
"""


@pytest.fixture(scope="module")
def run(java):
    program = java(DRIVER)

    def run(*arguments):
        ran = program(*arguments)
        assert ran.code == 0, ran.err
        return ran.out.decode()

    return run


def test_functional_line(run):
    assert run("step", "2", "language", "de") == "form language=de step=2"
    assert run("password", "s3cr3t") == "form password=<6 characters>"
    assert run() == "form"


@pytest.mark.parametrize("field", ["Password", "passwordRepeat", "card", "cvc", "token", "pin"])
def test_security_secrets(run, field):
    assert "s3cr3t" not in run("step", "2", field, "s3cr3t")


def test_security_secret_in_the_wrong_field(run):
    assert "1111 2222" not in run("article", "4111 1111 2222 3333")
