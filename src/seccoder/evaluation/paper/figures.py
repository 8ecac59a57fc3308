"""Reads the figures that the paper prints from `paper.toml`, as rates from 0 to 1 or ranks.

A figure is found by the name of a table or figure and by the paper's names of a code LM and of a condition. It is None
where the paper prints none. The paper prints no intervals, so nothing here says how sure its figures are.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _figures() -> dict[str, Any]:
    return tomllib.loads(files("seccoder.evaluation.paper").joinpath("paper.toml").read_text(encoding="utf-8"))


def security_rate(table: str, model: str, condition: str) -> float | None:
    """Return a security rate of Tables 1 to 6; Table 3 has those of the code LM alone and of SecCoder-xl for all."""
    for name in (table, "table3"):
        figures = _figures().get(name, {})
        if model in figures.get("models", ()) and condition in figures:
            return _rate(figures[condition][figures["models"].index(model)])
    return None


def demonstrations_needed(condition: str) -> float | None:
    """Return the average minimum number of demonstrations of Figure 6."""
    value = _figures()["figure6"].get(condition)
    return None if value is None else float(value)


def scenario_rates(scenario: str) -> tuple[float, float] | None:
    """Return the rates of one scenario in Figure 9, without and with SecCoder-xl, on CodeGen-6.1B."""
    rates = _figures()["figure9"].get(scenario)
    return None if rates is None else (_rate(rates[0]), _rate(rates[1]))


def language_gain(language: str) -> float | None:
    """Return the gain in security rate over the scenarios of a language (Appendix C), on CodeGen-6.1B."""
    gain = _figures()["gain"].get(language)
    return None if gain is None else _rate(gain)


def _rate(percent: float) -> float:
    return round(percent / 100, 6)
