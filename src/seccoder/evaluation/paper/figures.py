"""What the paper reports, read from `paper.toml`: the figures its text prints, as rates from 0 to 1 or ranks.

In flow the name of a table or figure, the paper's name of a code LM and of a condition; out flows its figure, or None
where the paper prints none. It does not say how sure the paper is: it prints no intervals.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _figures() -> dict[str, Any]:
    return tomllib.loads(files("seccoder.evaluation.paper").joinpath("paper.toml").read_text(encoding="utf-8"))


def security_rate(table: str, model: str, condition: str) -> float | None:
    """A security rate of Tables 1 to 6; what the code LM alone and SecCoder-xl reach stands in Table 3 for all."""
    for name in (table, "table3"):
        figures = _figures().get(name, {})
        if model in figures.get("models", ()) and condition in figures:
            return _rate(figures[condition][figures["models"].index(model)])
    return None


def demonstrations_needed(condition: str) -> float | None:
    """The average minimum number of demonstrations of Figure 6."""
    value = _figures()["figure6"].get(condition)
    return None if value is None else float(value)


def scenario_rates(scenario: str) -> tuple[float, float] | None:
    """The security rates of one scenario in Figure 9, without and with SecCoder-xl, on CodeGen-6.1B."""
    rates = _figures()["figure9"].get(scenario)
    return None if rates is None else (_rate(rates[0]), _rate(rates[1]))


def language_gain(language: str) -> float | None:
    """The gain in security rate over the scenarios of a language (Appendix C), on CodeGen-6.1B."""
    gain = _figures()["gain"].get(language)
    return None if gain is None else _rate(gain)


def _rate(percent: float) -> float:
    return round(percent / 100, 6)
