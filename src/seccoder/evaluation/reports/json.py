"""Writes the report as JSON, in the documented shape of `evaluate --json`.

The keys are `run` (what the run was, or a list of these), `results` (every figure; those beside the paper's first) and
`skipped`. Completions are not in it; they are in the run's own files.
"""

import json as standard

from seccoder.evaluation.reports.content import Report


def json(report: Report) -> str:
    """Return the JSON, which ends with a line break."""
    runs = list(report.runs)
    value = {
        "run": runs[0] if len(runs) == 1 else runs,
        "results": [*(row.to_json() for row in report.reproduced), *(row.to_json() for row in report.rows)],
        "skipped": [each.to_json() for each in report.skipped],
    }
    return standard.dumps(value, indent=2, ensure_ascii=False) + "\n"
