"""Shows what the server does: a line per request for a terminal, and counts for Prometheus."""

from seccoder.code.text import printable_line
from seccoder.serving.journal import Entry, Journal

_HELP = {
    "requests": "Requests whose answers have ended.",
    "examples": "Requests to which examples were added.",
    "tokens": "Tokens that were added, by an estimate.",
    "milliseconds": "Milliseconds that reading, deciding and rewriting took.",
    "troubles": "Requests on which something went wrong on the way.",
    "verdicts": "Verdicts on the code in answers.",
}


def line(entry: Entry) -> str:
    """Return one line about a request: dialect, language, example or why none, tokens, milliseconds, status."""
    what = entry.dialect or f"{entry.method} {entry.path}"[:60]
    if entry.hits:
        found = ((hit.demonstration, hit.score) for hit in entry.hits)
        examples = ", ".join(f"{each.cwes[0] if each.cwes else '-'} {each.id} ({score:.2f})" for each, score in found)
        would = "would add " if entry.mode == "observe" else ""
        said = f"{would}{examples}, {'' if would else '+'}{entry.tokens} tokens"
    else:
        said = f"no example: {entry.why_none or 'not decided'}"
    parts = [what, entry.language or "-", said, f"{entry.milliseconds:.1f} ms", str(entry.status or "no answer")]
    parts += [*entry.verdicts, entry.trouble]
    return printable_line(" | ".join(part for part in parts if part))


def metrics(journal: Journal, running: int) -> str:
    """Return the counts in the text format of Prometheus."""
    lines = []
    for name, help_ in _HELP.items():
        lines += [f"# HELP seccoder_{name}_total {help_}", f"# TYPE seccoder_{name}_total counter"]
        label = "verdict" if name == "verdicts" else "dialect"
        lines += [
            f'seccoder_{name}_total{{{label}="{value}"}} {count}'
            for (kind, value), count in sorted(journal.totals.items())
            if kind == name
        ]
    lines += ["# HELP seccoder_running Requests that are being answered.", "# TYPE seccoder_running gauge"]
    lines.append(f"seccoder_running {running}")
    return "\n".join(lines) + "\n"
