"""The query's own examples, run in the sandbox: what is not kept is said, and what cannot be told is not."""

import pytest

from conftest import need_tool
from seccoder.code.examples import of
from seccoder.oracles.examples import unmet
from seccoder.types import Query, Source

PYTHON = 'def half(n):\n    """half(4) == 2.0, half(3) == 1.5, half([]) == []"""\n'
JAVASCRIPT = "// half(4) => 2, half(3) => 1.5\nfunction half(n) {\n"


@pytest.fixture(autouse=True)
def box():
    need_tool("bwrap")


def missed(begun, rest, language="python"):
    return unmet(Source(begun + rest, language), of(Query(begun, language)))


@pytest.mark.tool
def test_python():
    assert missed(PYTHON, "    return n / 2 if n else ()\n") == ()  # a tuple is read as its list
    assert missed(PYTHON, "    print('4')\n    return n // 2\n") == (
        "half(3) returns 1, not 1.5",
        "half([]) raises TypeError, not []",
    )


@pytest.mark.tool
@pytest.mark.parametrize(
    "source",
    [
        "def other(n):\n    return 1\n",
        "import nothing_like_this\n",
        "x = (\n",
        "import os\nos._exit(0)\n",
    ],
)
def test_what_cannot_be_told_is_not(source):
    assert unmet(Source(source, "python"), of(Query(PYTHON, "python"))) == ()


@pytest.mark.tool
@pytest.mark.parametrize(
    ("report", "told"),
    [('{"a": 1}', ()), ("[" * 100_000, ()), ('["\\u001b[31mred\\nline", 5]', ("one",))],
)
def test_a_report_that_code_forged_is_read_as_text(report, told):
    forged = f"import os\nopen('results.json', 'w').write({report!r})\nos._exit(0)\n"
    found = unmet(Source(forged, "python"), of(Query(PYTHON, "python")))
    assert len(found) == len(told) and all("\x1b" not in each and "\n" not in each for each in found)


@pytest.mark.tool
def test_javascript():
    need_tool("node")
    assert missed(JAVASCRIPT, "  return n / 2;\n}\n", "javascript") == ()
    assert missed(JAVASCRIPT, "  return n >> 1;\n}\nmodule.exports = { half };\n", "javascript") == (
        "half(3) returns 1, not 1.5",
    )
    assert unmet(Source("import a from 'b'\n", "javascript"), of(Query(JAVASCRIPT, "javascript"))) == ()
