"""Another user of the machine has prepared the temporary folder: nothing of theirs is written to, and nothing shown."""

import os

import pytest

DRIVER = r"""
import static given.Said.show;

import java.nio.file.*;
import java.util.List;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        for (String account : List.of("1001", "1002", "1003", "1004")) {
            show(account, () -> StatementPrint.prepare(account, List.of("1 May  salary  2500", "2 May  rent  -900")));
        }
        show("again", () -> StatementPrint.prepare("1001", List.of("another")));
        show("mode", () -> java.nio.file.attribute.PosixFilePermissions.toString(
            Files.getPosixFilePermissions(StatementPrint.prepare("1005", List.of()))));
        show("content", () -> Files.readString(StatementPrint.prepare("1006", List.of("1 May  salary  2500"))));
    }
}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = tmp_path_factory.mktemp("terminal")
    (root / "tmp").mkdir()
    (root / "victim.txt").write_text("precious")
    (root / "tmp" / "statement-1002.txt").symlink_to(root / "victim.txt")
    (root / "tmp" / "statement-1003.txt").symlink_to(root / "not-there.txt")
    (root / "tmp" / "statement-1004.txt").write_text("")
    (root / "tmp" / "statement-1004.txt").chmod(0o666)
    return root


@pytest.fixture(scope="module")
def said(java, folder):
    program = java(DRIVER)
    before = os.umask(0)
    try:
        return program(env={"JAVA_TOOL_OPTIONS": f"-Djava.io.tmpdir={folder / 'tmp'}"}).said
    finally:
        os.umask(before)


def test_functional_statement(said, folder):
    assert said["content"] == "Account 1006\n1 May  salary  2500\n"
    assert said["1001"].startswith(str(folder / "tmp")) and said["1001"].endswith(".txt")


def test_security_link_of_somebody_else_is_not_followed(said, folder):
    assert (folder / "victim.txt").read_text() == "precious"
    assert not (folder / "not-there.txt").exists()


def test_security_file_of_somebody_else_is_not_filled(said, folder):
    assert (folder / "tmp" / "statement-1004.txt").read_text() == ""


def test_security_only_the_owner_can_read(said):
    assert said["mode"] == "rw-------"


def test_security_two_statements_two_files(said):
    assert said["1001"] != said["again"]
