"""The pages say what the program is: each setting, option, oracle, family and benchmark; no dead link or command."""

import ast
import importlib.util
import re
import shlex
from dataclasses import fields

import click
import pytest

from conftest import REPOSITORY
from seccoder import oracles
from seccoder.cli import cli
from seccoder.evaluation import benchmarks
from seccoder.oracles.executed.c import weaknesses
from seccoder.settings import Settings

DOCS = REPOSITORY / "docs"
WRITTEN = sorted([*REPOSITORY.glob("*.md"), *DOCS.glob("*.md")])
CURRENT = [page for page in WRITTEN if page.name not in {"CHANGELOG.md", "log.md"}]  # the others tell of the past
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def generate():
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ids(pages):
    return [page.name for page in pages]


# --- what is generated -----------------------------------------------------------------------------------------------


def test_the_architecture_names_every_module_and_every_layer():
    page = (DOCS / "architecture.md").read_text()
    for path in (REPOSITORY / "src" / "seccoder").rglob("*.py"):
        if not {"bundled", "own_tasks"} & set(path.parts) and path.name != "__init__.py":
            folder = f"**`{path.parent.relative_to(REPOSITORY / 'src')}/`**"
            part = page.partition(folder)[2].partition("**`")[0]
            assert f"- `{path.name}`: " in part, path
    for room in (REPOSITORY / "src" / "seccoder").iterdir():
        if room.is_dir() and room.name != "__pycache__":
            assert f"      {room.name}/ " in page, f"{room.name} is not in the tree"
            assert f"`{room.name}`" in page.partition("<!-- layers -->")[2], f"{room.name} is in no layer"


def test_a_module_without_a_docstring_is_an_error(tmp_path):
    (tmp_path / "bare.py").write_text("VALUE = 1\n")
    with pytest.raises(SystemExit, match=r"bare\.py has no docstring"):
        generate().first_line(tmp_path / "bare.py")


@pytest.mark.parametrize(
    "beginning", ["## A heading", "    seccoder demo", "| a | table |", "no full stop", "- a list."]
)
def test_a_page_that_does_not_begin_with_a_sentence_is_an_error(beginning):
    with pytest.raises(SystemExit, match="must begin with a sentence"):
        generate().first_sentence(f"# Title\n\n{beginning}\n\nMore.\n")


def test_the_first_sentence_may_hold_code_and_run_over_lines():
    page = "# Title\n\nIt runs `a.py`,\nfor 0.5 seconds. It ends.\n"
    assert generate().first_sentence(page) == "It runs `a.py`, for 0.5 seconds."


def test_what_others_wrote_is_shown_as_it_is():
    assert generate()._as_written("a|b *c* [d](e) <f>") == r"a\|b \*c\* \[d](e) \<f>"


def test_the_index_names_every_page():
    index = (DOCS / "index.md").read_text()
    for page in DOCS.glob("*.md"):
        assert page.name == "index.md" or f"]({page.name})" in index


def test_a_page_that_is_not_in_the_index_is_an_error():
    with pytest.raises(SystemExit, match="do not agree about extra"):
        generate().index_page({"extra.md": "# Extra\n\nOne more page.\n"})


# --- what the program has, the pages have ----------------------------------------------------------------------------


def test_every_setting_is_explained():
    page = (DOCS / "settings.md").read_text()
    for field in fields(Settings):
        (row,) = [line for line in page.splitlines() if line.startswith(f"| `{field.name}` ")]
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert cells[1] == f"`SECCODER_{field.name.upper()}`"
        assert len(cells[4].split()) > 3


def test_every_environment_variable_of_ours_is_explained():
    page = (DOCS / "settings.md").read_text()
    read = re.compile(r"environ(?:\.get\(|\[)\s*\"((?:SECCODER|OPENAI|OLLAMA|HF)_[A-Z_]+)\"")
    for path in (REPOSITORY / "src" / "seccoder").rglob("*.py"):
        if not {"bundled", "own_tasks"} & set(path.parts):
            for name in read.findall(path.read_text()):
                assert f"`{name}`" in page, f"{path.name} reads {name}"


def commands(command, path):
    yield path, command
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            yield from commands(command.get_command(click.Context(command), name), f"{path} {name}")


def test_every_command_and_every_option_is_on_the_page():
    page = (DOCS / "cli.md").read_text()
    for path, command in commands(cli, "seccoder"):
        part = page.partition(f"\n## {path}\n")[2].partition("\n## ")[0]
        assert part, f"{path} is missing"
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.hidden:
                assert all(re.search(rf"{option}\b", part) for option in parameter.opts), f"{path} {parameter.opts}"
                assert parameter.help and parameter.help.endswith((".", "]")), (
                    f"{path} {parameter.opts}: {parameter.help}"
                )


def test_every_benchmark_is_explained():
    page = (DOCS / "evaluation.md").read_text()
    for name in benchmarks.names():
        assert f"| `{name}` |" in page, name


def test_every_oracle_is_explained_and_the_default_ones_are_marked():
    page = (DOCS / "oracles.md").read_text()
    for name in oracles.oracles:
        kind = "default" if name in oracles.DEFAULT else "optional"
        assert f"### `{name}` ({kind})\n" in page, name


def test_every_family_says_what_counts_as_reached():
    page = (DOCS / "oracles.md").read_text()
    table = page.partition("<!-- families -->")[2].partition("<!-- end of families -->")[0]
    for name in re.findall(r"^\| `(\w+)` \|", table, flags=re.MULTILINE):
        # A line that begins with the names of the families it is about, and says what each needs.
        assert re.search(rf"^- (`\w+`, )*`{name}`(, `\w+`)*: (.|\n(?!- ))*Reached: ", page, flags=re.MULTILINE), name


def test_every_rule_of_vetting_is_in_the_table():
    """A decision's reasons name the rule, so whoever reads one must find it on the page."""
    code = "".join(path.read_text() for path in (REPOSITORY / "src/seccoder/expansion/vetting").glob("*.py"))
    rules = set(re.findall(r"\.(?:reject|quarantine|tell)\(\s*\"([a-z]+)\"", code))
    assert len(rules) > 10
    assert rules <= set(re.findall(r"^\| `(\w+)` \|", (DOCS / "expansion.md").read_text(), flags=re.MULTILINE))


def test_every_weakness_of_the_families_of_c_is_in_the_table():
    section = (DOCS / "oracles.md").read_text().partition("\n## C and C++\n")[2].partition("\n## ")[0]
    rows = " ".join(line.split("|")[1] for line in section.splitlines() if line.startswith("| "))
    named = {int(number) for number in re.findall(r"\d+", rows)}
    assert {number for numbers in weaknesses._FAMILIES.values() for number in numbers} <= named


# --- what the pages name, there is -----------------------------------------------------------------------------------


def anchors(text):
    """The addresses of a page's headings, as the usual hosts make them."""
    headings = re.findall(r"^#+ (.*)$", FENCE.sub("", text), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", WRITTEN, ids=ids(WRITTEN))
def test_links_lead_somewhere(page):
    for target in re.findall(
        r"(?<!\\)\[[^\]]*\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", FENCE.sub("", page.read_text()))
    ):
        if not re.match(r"[a-z]+:", target):
            path, _, anchor = target.partition("#")
            there = (page.parent / path).resolve() if path else page
            assert there.exists(), target
            assert not anchor or anchor in anchors(there.read_text()), target


PATH = re.compile(r"^(?!\.git/)[\w.\-]+(?:/(?![A-Z]+$)[\w.\-]+)+/?$")  # a part in capitals is a placeholder
FROM = (REPOSITORY, REPOSITORY / "src", REPOSITORY / "src" / "seccoder", REPOSITORY / "src/seccoder/oracles")


@pytest.mark.parametrize("page", CURRENT, ids=ids(CURRENT))
def test_paths_that_are_named_exist(page):
    """A path in code quotes whose first part is a folder of ours is one of ours, and must be there."""
    for quoted in re.findall(r"`([^`\n]+)`", FENCE.sub("", page.read_text())):
        for word in quoted.split():
            word = word.partition(":")[0]
            if PATH.match(word) and any((root / word.partition("/")[0]).is_dir() for root in FROM):
                assert any((root / word).exists() for root in FROM), word


def command_lines(text):
    """Each command line that begins with `seccoder`, in blocks and in quotes, up to a comment, pipe or redirection."""
    rest = FENCE.sub("", text)
    lines = "\n".join(FENCE.findall(text) + re.findall(r"^    .*$", rest, flags=re.MULTILINE)).replace("\\\n", " ")
    quoted = re.findall(r"`([^`]+)`", re.sub(r"^    .*$", "", rest, flags=re.MULTILINE))
    for line in [*lines.splitlines(), *(" ".join(each.split()) for each in quoted)]:
        line = re.sub(r"^\s*(\$ |[A-Z_]+=\S* |exec |\.venv/bin/)*", "", line)
        for each in re.split(r" (?:&&|\||>) |; ", re.sub(r"\s#.*", "", line)):
            if re.match(r"seccoder [a-z\-]", each):
                yield each.strip()


def problem_with(line):
    """What is wrong with a command line, found without running it; "" if nothing is."""
    words = shlex.split(line)[1:]
    command, context = cli, click.Context(cli, info_name="seccoder")
    while isinstance(command, click.Group) and words and words[0] != "..." and not words[0].startswith("-"):
        name = words.pop(0)
        command = command.get_command(context, name)
        if command is None:
            return f"there is no command {name!r}"
        context = click.Context(command, info_name=name, parent=context)
    if "[-" in line:  # a usage line
        known = {name for option in command.params for name in option.opts}
        return ", ".join(set(re.findall(r"(?<=\[)--?[\w-]+", line)) - known)
    try:
        values, left, order = command.make_parser(context).parse_args([word for word in words if word != "..."])
        for parameter in order:
            given = values[parameter.name]
            for value in given if isinstance(given, list) else [given]:
                if isinstance(value, str) and not value.isupper():  # in capitals it is a placeholder
                    _convert(parameter, value, context)
    except click.UsageError as error:
        return error.format_message()
    return f"too many arguments: {left}" if left else ""


def _convert(parameter, value, context):
    """Read a value as the command would, unless that would look for a file."""
    if isinstance(parameter.type, click.Choice | click.IntRange | click.FloatRange):
        parameter.type.convert(value, parameter, context)


def test_the_check_of_command_lines_sees_what_is_wrong():
    wrong = (
        "seccoder chek a.py",
        "seccoder codebase lst",
        "seccoder check a.py --cvss 7",
        "seccoder check a.py --format xml",
        "seccoder generate a.py -n many",
        "seccoder retrieve a.py b.py",
        "seccoder check a.py --cwe",
        "seccoder reproduce TARGET [--profiles local]",
    )
    assert [line for line in wrong if not problem_with(line)] == []
    right = (
        "seccoder check a.py b.py --cwe CWE-89",
        "seccoder generate -n N",
        "seccoder codebase",
        "seccoder --version",
    )
    assert [problem_with(line) for line in right] == [""] * len(right)


@pytest.mark.parametrize("page", CURRENT, ids=ids(CURRENT))
def test_command_lines_are_understood(page):
    text = page.read_text()
    if page.name == "cli.md":
        return
    wrong = {line: problem for line in command_lines(text) if (problem := problem_with(line))}
    assert wrong == {}


def test_there_are_command_lines_to_check():
    assert sum(len(list(command_lines(page.read_text()))) for page in CURRENT) > 80


@pytest.mark.parametrize(
    "page", [page for page in CURRENT if page.name != "CONTRIBUTING.md"], ids=lambda page: page.name
)
def test_python_that_is_shown_imports_what_there_is(page):
    for block in re.findall(r"^```python\n(.*?)^```$", page.read_text(), flags=re.MULTILINE | re.DOTALL):
        for node in ast.parse(block).body:
            if isinstance(node, ast.ImportFrom) and node.module.startswith("seccoder"):
                module = importlib.import_module(node.module)
                assert [name.name for name in node.names if not hasattr(module, name.name)] == []


@pytest.mark.parametrize("page", WRITTEN, ids=ids(WRITTEN))
def test_scripts_that_are_named_exist(page):
    for script in re.findall(r"python ((?:perf|examples|docs)/\w+\.py)", page.read_text()):
        assert (REPOSITORY / script).is_file(), script
