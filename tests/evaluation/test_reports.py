"""Reports: the page needs nothing and hides nothing, hostile texts stay text, every format tells the same figures."""

import html as escaping
import itertools
import json
import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from seccoder.errors import UsageError
from seccoder.evaluation.reports import charts, formats, formatter, highlight
from seccoder.evaluation.reports.content import (
    Demonstration,
    Example,
    ExampleArm,
    ExampleTask,
    Report,
    ShownFinding,
    at_cost,
    headlines,
    number,
    signed,
)
from seccoder.evaluation.reports.latex import escape
from seccoder.evaluation.results import Counts, Figure, Reproduced, Skipped, figures, from_json

HOSTILE = '"</code></pre></script><script>alert(1)</script><img src=x onerror=alert(2)>'


def row(arm, metric, value, low, high, scope="all", target="sven", model="embedded"):
    counts = {"n": 60, "invalid": 31, "inert": 5, "unknown": 4}
    more = Counts(secure=10, vulnerable=8, duplicates=9, scenarios=18, seeds=1)
    about = {"target": target, "model": model, "arm": arm, "metric": metric, "scope": scope}
    return Figure(**about, value=value, low=low, high=high, **counts, counts=more)


def compared(arm, against, metric, value, low, high, difference):
    return row(arm, metric, value, low, high).minus(against, p=0.0421, difference=difference)


def make(text=HOSTILE):
    rows = [
        row("none", "security-rate", 0.5123, 0.41, 0.61),
        row("hybrid", "security-rate", 0.5654, 0.45, 0.68),
        row("none", "secure-exercised", 0.2111, 0.11, 0.31),
        row("hybrid", "secure-exercised", 0.3222, 0.22, None),
        row("none", "seconds", 1.2, 1.1, 1.3),
        row("hybrid", "seconds", 1.5, 1.4, 1.6),
        row("hybrid", "prompt-tokens", 900.5, 800.0, 1000.0),
        compared("hybrid", "none", "security-rate", 0.0531, -0.0421, 0.1592, "no difference"),
        compared("hybrid", "none", "secure-exercised", 0.1111, 0.0213, 0.2124, "higher"),
        compared("hybrid", "placebo", "security-rate", -0.0904, -0.1505, -0.0106, "lower"),
        compared("bm25", "none", "security-rate", 0.0671, -0.2, 0.3, "no difference"),
        row("hybrid", "security-rate", 0.5, 0.3, 0.7, "cwe", "sven/CWE-125"),
        row("none", "security-rate", 0.25, 0.1, 0.4, "cwe", "sven/CWE-125"),
        row("hybrid", "security-rate", 0.75, 0.5, 1.0, "cwe", "sven/CWE-89"),
        row("hybrid", "security-rate", 0.75, 0.5, 1.0, "scenario", "sven/cwe-089/0-py"),
    ]
    example = Example("VULNERABLE", text, text, [ShownFinding("executed", "CWE-89", text, 1)])
    arm = ExampleArm("embedded", "hybrid", [Demonstration(text, "python", text)], [example])
    return Report(
        title=f"sven {text}",
        rows=rows,
        skipped=[Skipped("table2", text)],
        runs=[{"benchmark": "sven", "model": "embedded", "commands": [{"at": "now", "command": text}]}],
        examples=[ExampleTask("sven", "t", "CWE-89", "python", text, [arm])],
        covered={("CWE-89", "python"): (2, 1), ("CWE-125", "c"): (2, 0)},
        samples=120,
        reproduced=[Reproduced(replace(rows[1], paper=0.7531), "Table 3", "SecCoder-xl", "CodeGen-350M")],
    )


class Page(HTMLParser):
    """Collects what the page is made of."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.scripts, self.open, self.words = [], [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data):
        (self.scripts if self.open and self.open[-1] == "script" else self.words).append(data)


@pytest.fixture(scope="module")
def page():
    return formatter("html")(make())


def test_the_page_reaches_no_address(page):
    parsed = Page(page)
    links = [value for _, name, value in parsed.attributes if name in ("src", "href", "action", "data", "srcset")]
    assert links and all(link.startswith("#") for link in links)
    assert not re.search(r"@import|url\(", page)
    assert not {"link", "iframe", "object", "embed", "img", "base"} & set(parsed.tags)
    anchors = {value for _, name, value in parsed.attributes if name == "id"}
    assert {link[1:] for link in links} <= anchors


def test_hostile_texts_stay_text(page):
    parsed = Page(page)
    assert parsed.tags.count("script") == 1 and len(parsed.scripts) == 1
    assert "alert" not in parsed.scripts[0]
    assert not [attribute for attribute in parsed.attributes if attribute[1].startswith("on")]
    assert escaping.escape("<img src=x onerror=alert(2)>") in page
    assert "".join(parsed.words).count("onerror") >= 6  # title, prompt, demonstration, completion, reason, finding


def test_only_the_pages_own_script_may_run(page):
    import base64
    import hashlib

    script = Page(page).scripts[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = next(value for _, name, value in Page(page).attributes if name == "content" and "default-src" in value)
    assert f"script-src 'sha256-{digest}'" in policy and "default-src 'none'" in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2]


def test_characters_that_deceive_are_written_out(page):
    assert "\u202e" not in formatter("html")(make("x = 1  # \u202e\x1b[31m"))
    assert "\x1b" not in formatter("text")(make("\x1b[31m"))
    formatter("html")(make("\ud800")).encode()


@pytest.mark.parametrize("name", formats)
def test_every_format_tells_the_headlines(name):
    report = make()
    written = formatter(name)(report).replace("$-$", "\N{MINUS SIGN}")
    if name == "json":
        value = json.loads(written)
        assert list(map(from_json, value["results"][1:])) == list(report.rows)
        assert value["results"][0]["paper"] == 0.7531
        assert value["run"] == report.runs[0] and value["skipped"] == [each.to_json() for each in report.skipped]
        return
    for headline in headlines(report.rows):
        for end in (headline.value, headline.low, headline.high):
            assert signed(end) in written
        assert re.search(headline.difference, written, re.IGNORECASE)
    for each in figures(report.rows):
        if each.metric in ("security-rate", "secure-exercised") or name != "latex":
            assert number(each.value) in written


def test_headlines_are_of_the_preferred_arm_or_of_every_other():
    rows = make().rows
    assert [(each.arm, each.against) for each in headlines(rows)] == [("hybrid", b) for b in ("none",) * 2] + [
        ("hybrid", "placebo")
    ]
    assert [each.arm for each in headlines(row for row in rows if row.arm != "hybrid")] == ["bm25"]


def test_figures_stand_beside_the_papers(page):
    for text in (page, formatter("text")(make())):
        assert "0.753" in text and "\N{MINUS SIGN}0.188" in text


def test_breakdown_has_an_arm_a_column_and_a_dash_where_there_is_no_figure(page):
    part = page[page.index("By weakness: security-rate") : page.index("By task")]
    assert re.findall(r'<tr><th>(CWE-\d+)|class="cell"[^>]*>([0-9.]+)<|class="(none)"', part) == [
        ("CWE-89", "", ""),
        ("", "", "none"),
        ("", "0.75", ""),
        ("CWE-125", "", ""),
        ("", "0.25", ""),
        ("", "0.50", ""),
    ]


def test_samples_are_divided_by_what_became_of_them(page):
    part = page[page.index('id="samples"') : page.index('id="breakdown"')]
    labels = set(re.findall('class="shares"[^>]*aria-label="([^"]+)"', part))
    assert labels == {"SECURE 10, VULNERABLE 8, inert 5, other UNKNOWN 4, INVALID 31, not flagged 2"}


def test_long_texts_are_cut():
    report = make("short")
    arm = replace(report.examples[0].arms[0], demonstrations=[Demonstration("d", "python", "x = 1\n" * 5000)])
    page = formatter("html")(replace(report, examples=[replace(report.examples[0], arms=[arm])]))
    assert "25,999 more characters" in page
    assert len(page) < 100_000


def test_lines_of_findings_are_marked():
    page = formatter("html")(make("x = 1\ny = 2\n"))
    assert len(re.findall('class="line hit"', page)) == 1


def test_code_keeps_its_text():
    code = 'def f(a):\n\n    """Doc\n    more."""\n    return a < "b" & 0x1f  # end\n'
    lines = highlight.lines(code, "python")
    assert escaping.unescape(re.sub("<[^>]+>", "", "\n".join(lines))) == code
    assert '<span class="k">def</span>' in lines[0]
    assert highlight.lines("a < b", "no such language") == ["a &lt; b"]


def test_an_empty_report_is_a_page():
    empty = Report("nothing", [], skipped=[Skipped("table1", "no data")])
    for name in formats:
        assert "no data" in formatter(name)(empty) or name == "latex"


def test_unknown_formats_are_refused():
    with pytest.raises(UsageError, match="unknown format 'pdf'; known: text, html, json, latex"):
        formatter("pdf")


def test_latex_escapes_everything():
    assert escape(r"50% of a_b & \input{x} <$#^~>") == (
        r"50\% of a\_b \& \textbackslash{}input\{x\} \textless{}\$\#\textasciicircum{}\textasciitilde{}\textgreater{}"
    )


def test_latex_tables_have_as_many_cells_as_columns():
    tables = re.findall(r"\\begin\{tabular\}\{(\w+)\}(.*?)\\end\{tabular\}", formatter("latex")(make("a & b")), re.S)
    assert len(tables) == 3
    for columns, body in tables:
        rows = [line for line in body.splitlines() if line.endswith(r"\\")]
        assert len(rows) > 1
        assert {len(re.split(r"(?<!\\)&", line)) for line in rows} == {len(columns)}


def test_scales_and_shares():
    assert charts.Scale(0, 2).place(0.5) == 25 and charts.Scale(0, 1).place(7) == 100
    assert charts.Scale(1, 0).place(0.25) == 75
    bar = charts.shares([("secure", "SECURE", 3), ("invalid", "INVALID", 1), ("inert", "inert", 0)])
    assert re.findall(r'width="([0-9.]+)%" y', bar) == ["75.0", "25.0"]


WIDTH = 390


def test_nothing_is_wider_than_a_phone(tmp_path, page):
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("chromium is not installed")  # hundreds of megabytes: not asked for in CI either
    wide = formatter("html")(replace(make("a" * 900), title="t" * 300))
    tell = "document.title = `width ${document.querySelector('iframe').contentDocument.documentElement.scrollWidth}`"
    frame = f'<iframe srcdoc="{escaping.escape(wide)}" style="width:{WIDTH}px;height:900px;border:0"></iframe>'
    (tmp_path / "frame.html").write_text(f"{frame}<script>onload = () => {{ {tell} }}</script>")
    command = [
        chromium,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        f"--user-data-dir={tmp_path}/profile",
    ]
    address = (tmp_path / "frame.html").as_uri()
    done = subprocess.run([*command, "--dump-dom", address], capture_output=True, text=True, timeout=120)
    told = re.search(r"<title>width (\d+)</title>", done.stdout)
    assert told, done.stderr[-500:]
    assert int(told[1]) == WIDTH


def test_code_lms_are_called_by_their_method_where_that_is_enough():
    specs = ["hf:m", "hf:m+sven-sec:results/a", "hf:m+safecoder:one", "hf:m+safecoder:two"]
    rows = [row("none", "security-rate", 0.5, 0.4, 0.6, model=spec) for spec in specs]
    report = Report(f"sven: {' against '.join(specs)}", rows)
    for form in ("text", "html", "latex"):
        shown = formatter(form)(report)
        assert "results/a" not in shown and "hf:m+sven-sec" in shown
        assert "hf:m+safecoder:one" in shown and "hf:m+safecoder:two" in shown
    assert [each["model"] for each in json.loads(formatter("json")(report))["results"]] == specs


def test_the_page_opens_with_what_is_reached_at_which_cost():
    measured = {"proven": 0.5, "seconds": 4.0, "prompt-tokens": 300.0, "completion-tokens": 100.0}
    rows = [row(arm, metric, value, value, value) for arm in ("none", "hybrid") for metric, value in measured.items()]
    rows += [row("endpoint", "proven", 0.5, 0.4, 0.6), row("endpoint", "seconds", 1.0, 1.0, 1.0)]  # it tells no tokens
    assert [(cost, each.arm) for cost, each in at_cost(rows, "proven")] == [(400.0, "none"), (400.0, "hybrid")]
    page = formatter("html")(Report("sven", [*rows, rows[0].minus("placebo")]))
    assert page.index('id="cost"') < page.index('id="arms"')
    assert "460 tokens per result" in page and "none 400.0, 0.500; hybrid 400.0, 0.500" in page


def test_what_is_only_on_the_way_to_a_method_is_not_in_the_cost_chart():
    measured = {"proven": 0.5, "prompt-tokens": 300.0, "completion-tokens": 100.0}
    arms = ("none", "none+imports", "none+imports+aim", "none+imports+aim+pick5", "hybrid+imports")
    rows = [row(arm, metric, value, value, value) for arm in arms for metric, value in measured.items()]
    assert [each.arm for _, each in at_cost(rows, "proven")] == ["none", "none+imports+aim+pick5", "hybrid+imports"]


def test_the_cost_chart_is_as_high_as_its_figures():
    points = [(1.0, row("none", "proven", 0.2, 0.1, 0.26)), (2.0, row("hybrid", "proven", 0.3, None, None))]
    assert charts.height(points) == 0.5 and charts.height([]) == 1
    assert charts.height([(1.0, row("none", "proven", 0.0, 0.0, 0.0))]) == 0.25
    assert 'cy="60.0%"' in charts.scatter(points, "seconds") and "proven, 0 to 0.5<" in charts.picture(
        points, "proven", ""
    )


def test_names_in_the_cost_chart_do_not_hide_each_other():
    points = [(cost, row(f"arm{i}", "proven", 0.2 + i / 1000, 0.1, 0.3)) for i, cost in enumerate([7.8, 7.9, 8.4, 4.6])]
    drawn = str(charts.scatter(points, "seconds"))
    heights = [float(y) for y in re.findall(r'<text x="[\d.]+%" y="([\d.]+)%"', drawn)]
    dots = [float(y) for y in re.findall(r'cy="([\d.]+)%"', drawn)]
    close = sorted(heights[:3])  # those that cost about the same
    assert all(lower - upper >= 4.99 for upper, lower in itertools.pairwise(close))
    assert heights[3] == dots[3]


def test_names_in_the_cost_chart_stand_inside_it():
    points = [(cost, row(f"arm{cost}", "proven", 0.0, 0.0, 0.1)) for cost in (8.0, 8.1, 8.2, 8.3, 8.4, 3.0)]
    heights = [float(y) for y in re.findall(r'<text x="[\d.]+%" y="([\d.]+)%"', str(charts.scatter(points, "seconds")))]
    assert len(set(heights[:5])) == 5 and all(0 < height < 100 for height in heights)
