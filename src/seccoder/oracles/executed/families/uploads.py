"""Decides CWE-434 in Python: does a server keep files of kinds that it, or a browser, would run?

Exploited: an upload whose name ends in such a kind was stored under a name that ends in it. Exercised: a benign upload
was stored. It is not known how the folder is served later: a kind counts by itself.
"""

from seccoder.oracles.executed.attempts import Attempt, Judgement, Run, Tokens, Wanted, judge_attempts
from seccoder.oracles.executed.surface import Surface

NAME = "uploads"
CWES = ("CWE-434",)
HINT = r"\.files\b|\.save\("
_KINDS = ("php", "html", "svg", "py", "jsp", "phtml", "exe", "sh", "shtml", "PHP", "png.php", "php5", "aspx", "htm")


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want file names of kinds that run, and a false content type."""
    roots = [
        text.rstrip("/") for text in surface.literals if text.startswith("/") and "." not in text and len(text) < 60
    ]
    tops = [
        root
        for root in roots
        if root.count("/") and root.split("/")[1] in {"srv", "var", "data", "opt", "mnt", "home", "uploads"}
    ]
    attacks: list[dict[str, object]] = [{"value": f"{tokens.mark}.{kind}"} for kind in _KINDS]
    attacks += [{"value": f"{tokens.mark}.{kind}", "content_type": "image/png"} for kind in ("php", "html", "svg")]
    attacks += [{"value": f"{tokens.mark}.php."}, {"value": f"{tokens.mark}.php%00.png"}]
    kinds = [
        text.strip(".") for text in surface.literals if text.strip(".").isalnum() and 1 < len(text.strip(".")) < 6
    ][:6]
    benign = [f"{tokens.word}.{kind}" for kind in dict.fromkeys(["png", "jpg", "txt", "pdf", "csv", *kinds])]
    watch = ["/tmp", "/box/app", *{"/" + root.split("/")[1] for root in tops}]  # noqa: S108
    return Wanted(attacks=attacks, benign=benign, watch=watch, folders=tops, snapshots=True)


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Look at what was stored."""

    def stored(attempt: Attempt) -> list[str]:
        return [path for path, data in attempt.changed.items() if tokens.inside.encode() in data]

    def exploited(attempt: Attempt) -> tuple[str, int | None] | None:
        for path in stored(attempt):
            if path.lower().rpartition(".")[2] in {kind.lower().rpartition(".")[2] for kind in _KINDS}:
                return f"{path.rpartition('/')[2]} was stored", attempt.line
        return None

    return judge_attempts(run, NAME, CWES, lambda attempt: bool(stored(attempt)), exploited)
