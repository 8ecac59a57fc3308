"""Writes the generated pages of the documentation; with `--check`, only says whether they are up to date.

docs/index.md             every page with its first sentence
docs/cli.md               every command's help page
docs/settings.md          every setting, from the docstring of `Settings`
docs/demonstrations.md    the bundled demonstrations by CWE and language
docs/benchmark.md         our own executable benchmark: what it is and which tasks it has

and what stands between the markers of

docs/architecture.md      the order of imports, and every module with the first line of its docstring
docs/oracles.md           the families of weaknesses that are executed, and their CWEs
docs/reproduce.md         the figures of the runs in results/
docs/results.md           pictures of those that measured methods, which lie in docs/pictures
"""

import ast
import inspect
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

import click

from seccoder.cli import cli
from seccoder.code import cwe
from seccoder.codebase.bundled_index import FOLDERS
from seccoder.codebase.coverage import coverage
from seccoder.codebase.folder import read_all
from seccoder.evaluation import methods
from seccoder.evaluation.benchmarks.own import HARDEST, own_tasks
from seccoder.evaluation.paper.compare import of_runs
from seccoder.evaluation.reports import charts, content
from seccoder.evaluation.results import Figure, Reproduced, Scores, figures
from seccoder.evaluation.run_folder import read_json
from seccoder.oracles.executed.go.check import FAMILIES as IN_GO
from seccoder.oracles.executed.java.check import FAMILIES as IN_JAVA
from seccoder.oracles.executed.javascript.check import FAMILIES as IN_JAVASCRIPT
from seccoder.oracles.executed.python.check import FAMILIES as IN_PYTHON
from seccoder.settings import Settings

DOCS = Path(__file__).parent
RESULTS = DOCS.parent / "results"  # folders of runs, as `seccoder evaluate --out` makes them
PACKAGE = DOCS.parent / "src" / "seccoder"
NOT_MODULES = {"bundled", "own_tasks"}  # folders of code under judgement
WIDTH = 110
# The pages in the order in which a newcomer may want them.
INDEX = {
    "Use it": ("install", "agents", "expansion", "models", "retrieval", "scale", "settings", "cli"),
    "Understand it": ("architecture", "oracles", "demonstrations"),
    "Measure it": ("results", "evaluation", "benchmark", "reproduce", "baselines", "log"),
}


def main() -> int:
    pages = {
        "cli.md": cli_page(),
        "settings.md": settings_page(),
        "demonstrations.md": demonstrations_page(),
        "benchmark.md": benchmark_page(),
        "architecture.md": between_markers("architecture.md", layers=layers_part(), modules=modules_part()),
        "oracles.md": between_markers("oracles.md", families=families_part()),
        "reproduce.md": between_markers("reproduce.md", results=results_part()),
    }
    drawn = list(pictures())
    pages["results.md"] = between_markers("results.md", pictures="\n\n".join(text for _, _, text in drawn))
    pages |= {f"pictures/{folder.name}.svg": picture for folder, picture, _ in drawn}
    pages["index.md"] = index_page(pages)
    stale = [name for name, text in pages.items() if not (DOCS / name).exists() or (DOCS / name).read_text() != text]
    if "--check" in sys.argv:
        if stale:
            sys.stderr.write(f"out of date: {', '.join(stale)}; run: make docs\n")
        return bool(stale)
    for name, text in pages.items():
        (DOCS / name).parent.mkdir(exist_ok=True)
        (DOCS / name).write_text(text)
    return 0


def between_markers(page: str, **parts: str) -> str:
    """The page as it is, with each part between its markers, `<!-- name -->` and `<!-- end of name -->`."""
    text = (DOCS / page).read_text()
    for name, made in parts.items():
        begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        if text.count(begin) != 1 or text.count(end) != 1:
            raise SystemExit(f"docs/{page} must have one line {begin} and one line {end}")
        before, _, rest = text.partition(begin)
        text = f"{before}{begin}\n\n{made}\n\n{end}{rest.partition(end)[2]}"
    return text


def index_page(pages: dict[str, str]) -> str:
    """Every page with its first sentence."""
    listed = [name for names in INDEX.values() for name in names]
    there = {path.stem for path in DOCS.glob("*.md")} | {Path(name).stem for name in pages if name.endswith(".md")}
    if wrong := sorted(there.symmetric_difference(listed) - {"index"}):
        raise SystemExit(f"docs/generate.py: INDEX and docs/ do not agree about {', '.join(wrong)}")
    lines = ["# Documentation", "", "These are the pages, each with its first sentence. `make docs` writes this list."]
    for heading, names in INDEX.items():
        lines += ["", f"## {heading}", ""]
        for name in names:
            text = pages[f"{name}.md"] if f"{name}.md" in pages else (DOCS / f"{name}.md").read_text()
            lines.append(f"- [{title_of(text)}]({name}.md): {first_sentence(text)}")
    return "\n".join(lines) + "\n"


def title_of(page: str) -> str:
    return page.partition("\n")[0].removeprefix("# ")


def first_sentence(page: str) -> str:
    """The first sentence of the first paragraph below the title, on one line.

    Raises:
        SystemExit: If something else than a paragraph stands there.
    """
    paragraph = page.split("\n\n")[1]
    sentence = re.split(r"(?<=[.?!]) (?=[A-Z`])", " ".join(paragraph.split()))[0]
    if paragraph.startswith(("#", " ", "|", "```", "- ")) or not sentence.endswith((".", "?")):
        raise SystemExit(f"the page {title_of(page)!r} must begin with a sentence, for docs/index.md")
    return sentence


def _as_written(text: str) -> str:
    """Text that a table's cell shows as it is, markup and all."""
    return re.sub(r"([\\|*\[<])", r"\\\1", text)


def layers_part() -> str:
    """The order of imports, as the import linter's contract has it, from the top."""
    contracts = tomllib.loads((DOCS.parent / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    return "\n".join(f"{number}. {_in_code(layer)}" for number, layer in enumerate(layers, start=1))


def _in_code(layer: str) -> str:
    return ", ".join(f"`{name.strip()}`" for name in layer.split("|"))


def modules_part() -> str:
    """Every module, folder by folder, with the first line of its docstring."""
    by_folder: dict[Path, list[Path]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        if not NOT_MODULES & set(path.parts):
            by_folder.setdefault(path.parent, []).append(path)
    lines = []
    for folder in sorted(by_folder):
        own = folder / "__init__.py"
        about = f": {first_line(own)}" if own in by_folder[folder] else ""
        lines += ["", f"**`{folder.relative_to(PACKAGE.parent)}/`**{about}", ""]
        lines += [f"- `{path.name}`: {first_line(path)}" for path in by_folder[folder] if path != own]
    return "\n".join(lines).strip()


def first_line(module: Path) -> str:
    """The first line of a module's docstring.

    Raises:
        SystemExit: If it has none.
    """
    docstring = ast.get_docstring(ast.parse(module.read_text()))
    if not docstring:
        raise SystemExit(f"{module} has no docstring, so that docs/architecture.md cannot say what it is")
    return docstring.splitlines()[0]


def families_part() -> str:
    """The families of weaknesses that are executed, but for those of C and C++."""
    lines = ["| family | decides | Python | JavaScript, TypeScript | Java | Go |", "|---|---|---|---|---|---|"]
    languages = (IN_PYTHON, IN_JAVASCRIPT, IN_JAVA, IN_GO)
    for family in sorted({family for of in languages for family in of}, key=lambda family: family.NAME):
        where = [_yes(family in of) for of in languages]
        lines.append(f"| `{family.NAME}` | {', '.join(family.CWES)} | {' | '.join(where)} |")
    return "\n".join(lines)


def _yes(it_is: bool) -> str:
    return "yes" if it_is else ""


SETTINGS = """# Settings

Every setting has a default, which `seccoder.toml`, an environment variable or a flag of the command line can change.
A flag wins over the environment variable, the environment variable wins over the file, and the file wins over the
default. The file is the nearest `seccoder.toml` in the working folder or a folder above it. It holds lines such as
`model = "ollama:qwen2.5-coder"`, and an unknown name or a value of the wrong type is an error. Its tables
`[serve.clients.NAME]` are about single clients of the server ([agents.md](agents.md)). The settings that were in force
are stored with every run. This page is generated by `make docs`.

| setting | environment variable | type | default | what it means |
|---|---|---|---|---|
"""

ENVIRONMENT = """
## Other environment variables

| variable | what it means |
|---|---|
| `SECCODER_HOME` | The folder of your own secure codebase. |
| `SECCODER_CACHE` | The folder of what can be fetched or made again: pulled data, models, proofs that held. |
| `SECCODER_DATA` | A folder with archives of public data, where `seccoder data pull` looks before it downloads. |
| `SECCODER_SERVE_KEY` | The key that every request to `seccoder serve` must bring. |
| `SECCODER_DEBUG` | If it is set, an internal error is shown with its traceback. |
| `OPENAI_BASE_URL` | The address of an OpenAI-compatible endpoint, or several of them separated by commas. |
| `OPENAI_API_KEY` | The key that is sent to that endpoint. It is never logged, stored or shown. |
| `OLLAMA_HOST` | The address of Ollama. |
| `HF_ENDPOINT` | The address of a mirror of the Hugging Face hub, for `seccoder data pull`. |
| `HF_HOME`, `HF_HUB_CACHE` | The folders of the Hugging Face cache, as that library defines them. |
"""


def settings_page() -> str:
    meanings = attributes_of(Settings)
    rows = []
    for field in fields(Settings):
        kind = str(getattr(field.type, "__name__", field.type)).replace(" | None", "")
        default = "" if field.default in ("", None) else f"`{field.default}`"
        cells = (f"`{field.name}`", f"`SECCODER_{field.name.upper()}`", kind, default, meanings[field.name])
        rows.append(f"| {' | '.join(cells)} |")
    return SETTINGS + "\n".join(rows) + "\n" + ENVIRONMENT


def attributes_of(described: type) -> dict[str, str]:
    """What the section `Attributes` of a class's docstring says of each."""
    section = (inspect.getdoc(described) or "").partition("Attributes:\n")[2].partition("\n\n")[0]
    found = re.findall(r"^    (\w+): (.*(?:\n     +.*)*)", section, flags=re.MULTILINE)
    return {name: " ".join(meaning.split()) for name, meaning in found}


def cli_page() -> str:
    parts = ["# The command line\n\nEvery command with its help page, as `make docs` has it from the program itself.\n"]
    for path, help_text in _helps(cli, "seccoder"):
        parts.append(f"## {path}\n\n```\n{help_text}\n```\n")
    return "\n".join(parts)


def _helps(command: click.Command, path: str) -> Iterator[tuple[str, str]]:
    context = click.Context(command, info_name=path, max_content_width=WIDTH, terminal_width=WIDTH)
    yield path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            if child is not None:
                yield from _helps(child, f"{path} {name}")


def demonstrations_page() -> str:
    demonstrations = list(read_all(FOLDERS))
    covered = coverage(demonstrations)
    lines = [
        "# The bundled demonstrations",
        "",
        f"seccoder comes with {len(demonstrations)} demonstrations over {len(covered.cwes)} CWEs, each with a proof "
        "that `make test` runs both ways in the sandbox. One that names two CWEs counts for both. This page is "
        "generated by `make docs`.",
        "",
        "| CWE | name | Top 25 (2025) | " + " | ".join(covered.languages) + " |",
        "|---|---|---|" + "---|" * len(covered.languages),
    ]
    for name in covered.cwes:
        known = cwe.get(name)
        cells = " | ".join(covered.cell(name, language) for language in covered.languages)
        lines.append(f"| {name} | {known.name} | {known.rank or ''} | {cells} |")
    lines += ["", "| demonstration | CWE | task |", "|---|---|---|"]
    for d in sorted(demonstrations, key=lambda d: d.origin.path):
        lines.append(f"| `{d.origin.path}` | {', '.join(d.cwes)} | {_as_written(d.task)} |")
    lines += ["", f"Of the Top 25 of 2025 not covered yet: {', '.join(covered.uncovered) or 'none'}.", ""]
    return "\n".join(lines)


def results_part() -> str:
    """The figures of the published runs."""
    folders = [path.parent for path in sorted(RESULTS.glob("*/scores.json"))]
    parts = [_tables(folders), *map(_run, folders)]
    return "\n\n".join(parts) if folders else "No run is published yet."


def pictures() -> Iterator[tuple[Path, str, str]]:
    """Each run of several methods: its folder, its picture, and its part of the page."""
    head = ("arm", "metric", "value", "95 % interval", "tokens per result", "results")
    for folder in (path.parent for path in sorted(RESULTS.glob("*/scores.json"))):
        scores = Scores.read(folder)
        if not any(methods.step(arm) for arm in scores.run["arms"]):
            continue
        shown = [metric for metric in ("func-sec@1", "pass@1", "proven") if content.at_cost(scores.results, metric)]
        points = content.at_cost(scores.results, shown[0])
        lines = [
            f"### {scores.run['benchmark']} on {content.short(scores.run['model'])}",
            "",
            f"`results/{folder.name}`, {_drawn(points)} of {scores.run['tasks']} tasks; "
            "[reproduce.md](reproduce.md) has the command, every other figure and the arms against each other.",
            "",
            f"![{shown[0]} of each arm over its tokens](pictures/{folder.name}.svg)",
            "",
            *_table(
                head,
                [
                    (row.arm, row.metric, content.figure(row), content.interval(row), f"{cost:,.0f}", str(row.n))
                    for metric in shown
                    for cost, row in content.at_cost(scores.results, metric)
                ],
            ),
        ]
        yield folder, charts.picture(points, shown[0], "tokens per result"), "\n".join(lines)


def _drawn(points: Sequence[tuple[float, Figure]]) -> int:
    """Of how many tasks there are samples."""
    return max(row.counts.scenarios for _, row in points if row.counts)


def _tables(folders: Sequence[Path]) -> str:
    """The paper's tables and figures, each from all runs that have something for it."""
    lines = ["### Beside the paper"]
    head = ("condition", "code LM", "arm", "metric", "ours", "95 % interval", "the paper", "difference", "on")
    for title, rows in content.by_title(of_runs([Scores.read(folder) for folder in folders])):
        lines += ["", f"**{title}**", "", *_table(head, [_beside(row) for row in rows])]
    return "\n".join(lines)


def _run(folder: Path) -> str:
    """One run: what it was, its figures, its arms against each other, what is left out."""
    scores = Scores.read(folder)
    manifest = read_json(folder / "manifest.json")
    run, rows = scores.run, scores.results
    lines = [
        f"### {run['benchmark']} on {content.short(run['model'])}",
        "",
        f"`results/{folder.name}`: {run['tasks']} tasks, {run['samples']} samples x {run['seeds']} seeds per arm, "
        f"first seed {run['settings']['seed']}, retrieved from {run['codebase']}. Made by",
        "",
        *dict.fromkeys(f"    {each['command']}" for each in manifest["commands"]),
    ]
    whole = [row for row in figures(rows) if row.metric in content.METRICS]
    head = ("arm", "metric", "value", "95 % interval", *content.COUNTS)
    cells = [
        (row.arm, row.metric, content.figure(row), content.interval(row), *map(str, content.counts(row).values()))
        for row in whole
    ]
    lines += ["", "Every arm", "", *_table(head, cells)]
    head = ("arm", "against", "metric", "difference", "95 % interval", "p", "")
    cells = [
        (
            *(row.arm, row.against, row.metric, content.figure(row), content.interval(row)),
            *(content.number(row.p), row.said),
        )
        for row in content.comparisons(rows)
    ]
    if cells:
        lines += ["", "Arms against each other, paired over the tasks", "", *_table(head, cells)]
    if scores.skipped:
        left_out = [f"- {', '.join(targets)}: {reason}" for reason, targets in content.by_reason(scores.skipped)]
        lines += ["", "Left out", "", *left_out]
    return "\n".join(lines)


def _beside(row: Reproduced) -> tuple[str, ...]:
    ours = row.ours
    written = (content.figure(ours), content.interval(ours), content.paper(ours), content.beside(ours))
    on = row.paper_model if ours.paper is not None else ""
    return (row.condition, f"`{content.short(ours.model or '')}`", ours.arm, ours.label, *written, on)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]


BENCHMARK = """# Our own benchmark

`seccoder evaluate seccoder` measures whether a model's code does its job *and* is secure, by running it. The
benchmark has {count} tasks over {cwes} CWEs. Each task has functional tests and security tests, a reference that
passes all of them, and an insecure file (the mistake people make) that passes the functional tests and fails
security tests. `make test` runs every task's tests both ways in the sandbox. This page is generated by `make docs`.

Tasks have levels: 1 is one obvious step, 2 a few steps, 3 needs something to be known, and 4 is too hard for models of
half a billion parameters. `seccoder evaluate seccoder-graded` takes the {graded} tasks below level 4, and reports give
the figures by level. Most tasks are unfinished code; {words} are given in words alone.

| a completion | verdict | functional |
|---|---|---|
| passes all tests | SECURE | yes |
| fails an assertion of a security test | VULNERABLE | as its functional tests say |
| passes the security tests, but not the functional ones | UNKNOWN, `inert` | no |
| does not parse or compile | INVALID | no |
| ends the test run, runs into a limit, or makes a report that cannot be believed | UNKNOWN, with the reason | no |

So func-sec@k counts only what is SECURE. A security test that ends with another error than a failed assertion says
nothing: broken code is not called vulnerable.

The tasks are written for this project, apart from the bundled demonstrations and from `retrieval-c`, and not from a
public benchmark. `tests/codebase/test_contamination.py` and `tests/evaluation/test_benchmark_own.py` compare them
(exact, normalised and near-duplicate, code and task text) with the demonstrations, with SVEN's and SafeCoder's
scenarios, and with each other.

Fair and sharp? 51 secure solutions written in other ways than the references and 46 other mistakes, over 48 of the
tasks of level 4, all get the verdict they should: `python perf/own_solutions.py`. The first version of the tests
missed one of them, and accused stubs that do nothing in five tasks of C and JavaScript; both were repaired. In three
C tasks a stub that returns a meaningless pointer still counts as a memory error. The solutions are by the authors of
the tests, so this is no estimate of accuracy on what models write.

What the tests cannot do: only the weaknesses they try are covered; and code that is written to deceive this very
harness can forge its report (`evaluation/benchmarks/by_tests.py` says what is and is not held off). The completion of
a JavaScript task is cut where the brackets of the prompt close, which a bracket inside a regular expression can
mislead.

"""

OTHERS = """
## Your own tasks, and others'

`seccoder evaluate folder:PATH` takes any folder in CWEval's layout: `core/<language>/cwe_NNN_i_task.<ext>`, a
solution, and beside it `cwe_NNN_i_test.py`, a pytest module whose tests are marked `functionality` or `security`. A
completion takes the solution's place, and the tests are run in the sandbox, with the verdicts above. The solution's
text until `BEGIN SOLUTION` is the prompt; without that line it ends where the body of the last function begins
(`evaluation/benchmarks/task_folder.py`). A task whose tests its own solution does not pass judges nothing.

`seccoder evaluate humaneval` (164 problems), `humaneval-sven` (the 161 of them that the paper uses) and `mbpp`
(427) measure whether a model still writes correct functions: pass@k, by default of 100 samples. They come with
`seccoder data pull humaneval`, `sven` and `safecoder`. They say nothing about security.
"""


def benchmark_page() -> str:
    tasks = own_tasks()
    languages = ("python", "c", "javascript", "java", "go")
    by_cwe: dict[str, Counter[str]] = {}
    for own in tasks:
        by_cwe.setdefault(own.task.cwe, Counter())[own.task.language] += 1
    lines = ["| CWE | name | " + " | ".join(languages) + " |", "|---|---|" + "---|" * len(languages)]
    for name in sorted(by_cwe, key=lambda name: cwe.get(name).number):
        cells = " | ".join(str(by_cwe[name][language] or "") for language in languages)
        lines.append(f"| {name} | {cwe.get(name).name} | {cells} |")
    totals = " | ".join(str(sum(counts[language] for counts in by_cwe.values())) for language in languages)
    lines += [f"| all | | {totals} |", "", "| task | CWE | level | what is asked |", "|---|---|---|---|"]
    told = [own.task for own in tasks]
    lines += [f"| `{each.id}` | {each.cwe} | {each.level} | {_as_written(each.description)} |" for each in told]
    graded, words = sum(each.level < HARDEST for each in told), sum(not each.prompt for each in told)
    about = BENCHMARK.format(count=len(tasks), cwes=len(by_cwe), graded=graded, words=words)
    return about + "\n".join(lines) + "\n" + OTHERS


if __name__ == "__main__":
    sys.exit(main())
