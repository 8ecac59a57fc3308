"""Exports keys under several umasks; group and others have no access, and an existing file or link stays as it is."""

import os

import pytest

DRIVER = r"""
import static given.Said.show;

import java.nio.file.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        String pem = "-----BEGIN PRIVATE " + "KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        for (String file : arguments) {
            show(file, () -> {
                KeyExport.write(Path.of(file), pem);
                return Files.readString(Path.of(file)).equals(pem);
            });
        }
    }
}
"""
UMASKS = [0o022, 0o000]


@pytest.fixture(scope="module")
def result(java, tmp_path_factory):
    program, root, said = java(DRIVER), tmp_path_factory.mktemp("keys"), {}
    (root / "existing").write_text("old")
    (root / "link").symlink_to(root / "elsewhere")
    before = os.umask(0)
    try:
        for umask in UMASKS:
            os.umask(umask)
            files = [root / f"key-{umask}"] + ([root / "existing", root / "link"] if umask == 0o022 else [])
            for name, value in program(*map(str, files)).said.items():
                said[name.rpartition("/")[2]] = value
    finally:
        os.umask(before)
    return root, said


def test_functional_content(result):
    assert result[1][f"key-{0o022}"] is True


@pytest.mark.parametrize("name", ["existing", "link"])
def test_functional_existing_file(result, name):
    root, said = result
    assert said[name] == "!FileAlreadyExistsException"
    assert (root / "existing").read_text() == "old"
    assert not (root / "elsewhere").exists()


@pytest.mark.parametrize("umask", UMASKS)
def test_security_only_the_owner_has_access(result, umask):
    assert (result[0] / f"key-{umask}").stat().st_mode & 0o777 == 0o600
