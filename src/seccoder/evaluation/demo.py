"""Runs the demo: six prompts, completed without and with a demonstration, and checked by running them.

It needs only a model and the bundled secure codebase, and counts the verdicts of both sides. The model is the embedded
one; if that was not pulled but SmolLM2 was, it is SmolLM2. Small models often answer with something that cannot be run,
and the prompts were chosen with SmolLM2. Of the 14 prompts that were written, the one was kept for each weakness
that had the smallest share of INVALID and inert completions *without* a demonstration. What was secure or vulnerable,
and what a demonstration did, played no part. The prompts show what the product does; they are far too few to measure
whether it helps.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from seccoder.models.embedded import known
from seccoder.pipeline import GenerateResult, SecCoder
from seccoder.types import Label, Sample, Task, Unknown

SIDES = {"without": "none", "with": "hybrid"}  # side -> retriever

TASKS = (
    Task(
        id="help-text",
        language="python",
        cwe="CWE-22",
        description="return the text of a help topic, which is a file in a folder",
        prompt='''import os


def read_help(topic):
    """Return the text of the file named topic in the folder help."""
    with open(''',
    ),
    Task(
        id="line-count",
        language="python",
        cwe="CWE-78",
        description="count the lines of a file by running wc",
        prompt='''import os


def count_lines(file_name):
    """Count the lines of a file with wc -l."""
    output = os.popen(''',
    ),
    Task(
        id="delivery-note",
        language="python",
        cwe="CWE-79",
        description="a page that shows the driver the note a customer left for a delivery",
        prompt="""from flask import Flask, make_response, request

app = Flask(__name__)


@app.route("/delivery")
def delivery():
    note = request.args.get("note")
    html = "<h1>Note from the customer</h1>"
    html += "<p>" +""",
    ),
    Task(
        id="product-filter",
        language="python",
        cwe="CWE-89",
        description="list the products of one category from a SQLite database",
        prompt="""import sqlite3


def products_in_category(connection, category):
    cursor = connection.cursor()
    # select name and price of the products whose category is the given one
    query =""",
    ),
    Task(
        id="letter-greeting",
        language="c",
        cwe="CWE-787",
        description="build the greeting of a letter in a fixed buffer and print it",
        prompt="""#include <stdio.h>
#include <string.h>

// build the greeting "Dear <name>," for a letter and print it
void greet(const char *name) {
    char line[40];
    strcpy(line, "Dear ");""",
    ),
    Task(
        id="home-page",
        language="c",
        cwe="CWE-476",
        description="print the value of an environment variable in brackets",
        prompt="""#include <stdio.h>
#include <stdlib.h>

// print the value of the environment variable HOME_PAGE in brackets
int main(void) {
    char *page = getenv("HOME_PAGE");""",
    ),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One prompt, with the results of both sides."""

    task: Task
    results: dict[str, GenerateResult]  # by side


def model() -> str:
    """Return the spec of the embedded model, or of SmolLM2 where only that is there."""
    smaller = "smollm2"
    return f"embedded:{smaller}" if known.installed(smaller) and not known.installed(known.DEFAULT) else "embedded"


def run(seccoder: SecCoder, samples: int, on_progress: Callable[[int, int | None], None]) -> Iterator[Row]:
    """Complete and check every task on both sides; yield each row as soon as it is done."""
    total = len(TASKS) * len(SIDES)
    for number, task in enumerate(TASKS):
        results = {}
        for place, (side, retriever) in enumerate(SIDES.items()):
            on_progress(number * len(SIDES) + place, total)
            results[side] = seccoder.generate(task.query(), cwe=task.cwe, n=samples, about=task, retriever=retriever)
        yield Row(task, results)
    on_progress(total, total)


def count(results: list[GenerateResult]) -> Counter[str]:
    """Count samples by verdict label, and `inert` and `duplicate` ones beside."""
    counted: Counter[str] = Counter({str(label): 0 for label in Label})
    for sample in (sample for result in results for sample in result.samples):
        counted[str(sample.verdict.label)] += 1
        counted["inert"] += sample.verdict.kind is Unknown.INERT
        counted["duplicate"] += sample.duplicate_of is not None
    return counted


def pair_to_show(rows: list[Row]) -> tuple[Row, dict[str, Sample]]:
    """Return each side's first completion for the first prompt with a demonstration: fixed in advance, not chosen."""
    row = next((row for row in rows if row.results["with"].prompt.hits), rows[0])
    return row, {side: result.samples[0] for side, result in row.results.items()}
