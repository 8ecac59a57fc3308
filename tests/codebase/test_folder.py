"""Demonstration folders: read whole, or refused with the file and the field that is wrong."""

import pytest

from seccoder.codebase import folder
from seccoder.errors import UsageError
from seccoder.types import ProofLevel

ABOUT = """
language = "py"
cwes = ["cwe-022", "CWE-78"]
task = " Read a file. "
note = "why"
cue = "Check the name first."
apis = ["pathlib.Path.open"]
"""


@pytest.fixture
def written(tmp_path):
    made = tmp_path / "read-a-file"
    made.mkdir()
    (made / "demonstration.toml").write_text(ABOUT)
    (made / "secure.py").write_bytes(b"secure()\r\n")
    (made / "vulnerable.py").write_text("vulnerable()\n")
    (made / "proof.py").write_text("def test_security_x(): ...\n")
    return made


def test_everything_is_read(written):
    found = folder.read(written)
    assert (found.language, found.cwes, found.task) == ("python", ("CWE-22", "CWE-78"), "Read a file.")
    assert (found.code, found.vulnerable) == ("secure()\r\n", "vulnerable()\n")
    assert (found.note, found.apis) == ("why", ("pathlib.Path.open",))
    assert found.cue == "Check the name first."
    assert (found.proof.level, found.proof.test) == (ProofLevel.EXECUTED, "def test_security_x(): ...\n")
    assert (found.origin.source, found.origin.licence, found.origin.path) == ("seccoder", "Apache-2.0", "read-a-file")
    assert folder.read(written, source="me", licence="").origin.source == "me"
    assert list(folder.read_all(written.parent)) == [found]


@pytest.mark.parametrize("missing", ["demonstration.toml", "secure.py", "vulnerable.py", "proof.py"])
def test_a_missing_file_is_named(written, missing):
    (written / missing).unlink()
    with pytest.raises(UsageError, match=f"{missing} is missing"):
        folder.read(written)


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("language = [", "demonstration.toml: "),
        ("", "empty"),
        (ABOUT.replace('"py"', '"cobol"'), "unknown language 'cobol'"),
        (ABOUT.replace('"py"', "3"), "'language' must be a text"),
        (ABOUT.replace("cwe-022", "path traversal"), "path traversal"),
        (ABOUT.replace('["cwe-022", "CWE-78"]', "[]"), "'cwes' is missing or empty"),
        (ABOUT.replace('["cwe-022", "CWE-78"]', "[22]"), "'cwes' must be a list of texts"),
        (ABOUT.replace("Check", "Stop the hacker, check"), "neutral words, without 'hacker'"),
        (ABOUT.replace("task", "tusk"), "unknown field 'tusk'"),
    ],
)
def test_a_wrong_description_is_explained(written, about, said):
    (written / "demonstration.toml").write_text(about)
    with pytest.raises(UsageError) as caught:
        folder.read(written)
    assert said in str(caught.value) and "demonstration.toml" in str(caught.value) and "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b" \n", "empty"), (b"\xff\xfe", "UTF-8"), (b"a\0b", "NUL"), (b"x" * 1_000_001, "larger")],
    ids=["empty", "latin", "binary", "huge"],
)
def test_files_that_are_no_code_are_refused(written, content, said):
    (written / "secure.py").write_bytes(content)
    with pytest.raises(UsageError, match=said):
        folder.read(written)


def test_what_is_no_folder_of_demonstrations(written, tmp_path):
    for path in (tmp_path / "missing", written / "secure.py"):
        for read in (folder.read, lambda path: list(folder.read_all(path))):
            with pytest.raises(UsageError, match="not a folder"):
                read(path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="holds no demonstration folders"):
        list(folder.read_all(tmp_path / "empty"))
    (written / "secure.py").unlink()
    (written / "secure.py").mkdir()
    with pytest.raises(UsageError, match="is a folder"):
        folder.read(written)
