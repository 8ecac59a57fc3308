"""The password in the properties is the installation's, and without one there is no login at all."""

import pytest

DRIVER = r"""
import java.io.IOException;
import java.nio.file.Path;

public class Driver {
    public static void main(String[] arguments) {
        try {
            var login = HrDatabase.login(Path.of(arguments[0]));
            System.out.print(login.getProperty("user") + ":" + login.getProperty("password"));
        } catch (IOException e) {
            System.out.print("no login");
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


def test_functional_login_of_the_installation(run, tmp_path):
    (tmp_path / "hr-user").write_text("hr\n")
    (tmp_path / "hr-password").write_text("from the platform\n")
    assert run(str(tmp_path)) == "hr:from the platform"
    assert run(str(tmp_path / "nowhere")) == "no login"


@pytest.mark.parametrize("password", [None, "", "\n"])
def test_security_no_password_in_the_source(run, tmp_path, password):
    (tmp_path / "hr-user").write_text("hr\n")
    if password is not None:
        (tmp_path / "hr-password").write_text(password)
    assert run(str(tmp_path)) == "no login"
