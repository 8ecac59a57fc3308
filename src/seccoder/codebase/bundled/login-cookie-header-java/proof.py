"""The header is taken apart as a browser does."""

import pytest

DRIVER = r"""
public class Driver {
    public static void main(String[] arguments) {
        try {
            System.out.print(LoginCookie.header(arguments[0]));
        } catch (IllegalArgumentException e) {
            System.out.print("refused");
        }
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


TOKEN = "Zm9vYmFy-_0123456789"  # noqa: S105


def parts(run):
    first, *others = run(TOKEN).split("; ")
    return first.partition("=")[2], {each.lower() for each in others}


def test_functional_cookie(run):
    value, attributes = parts(run)
    assert value == TOKEN and {"path=/", "max-age=28800"} <= attributes
    assert run("a; Domain=evil") == run("") == "refused"


@pytest.mark.parametrize("attribute", ["secure", "httponly"])
def test_security_attributes(run, attribute):
    assert attribute in parts(run)[1]
