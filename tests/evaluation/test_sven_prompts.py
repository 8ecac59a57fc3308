"""Real input: SVEN's 18 test prompts go through the whole flow, some of them with SmolLM2."""

import shutil

import pytest

from conftest import missing, need_module, need_tool
from seccoder import SecCoder, data
from seccoder.evaluation.benchmarks import sven
from seccoder.settings import cache_dir
from seccoder.types import Label


@pytest.mark.model
@pytest.mark.data
@pytest.mark.tool
@pytest.mark.parametrize(("model", "step"), [("fake:", 1), ("embedded:smollm2", 9)])
def test_all_18_prompts_get_a_demonstration_and_a_verdict(model, step, pulled_sven, real_cache):
    need_tool("bwrap")
    need_tool("gcc")
    if model == "embedded:smollm2":
        need_module("xllamacpp")
        if not list((real_cache / "models").glob("SmolLM2*.gguf")):
            missing("SmolLM2 (seccoder data pull smollm2)")
        (cache_dir() / "models").mkdir()
        for path in (real_cache / "models").glob("SmolLM2*"):
            shutil.copy(path, cache_dir() / "models")
    tasks = sven.test_tasks(data.folder("sven"))
    assert len(tasks) == 18
    with SecCoder(model=model, codebase="sven", max_tokens=16, threads=1, min_score=0.0) as seccoder:
        assert len(seccoder.codebase.ids()) == 596
        for task in tasks[::step]:
            result = seccoder.generate(task.query(), cwe=task.cwe, n=1, about=task)
            (sample,) = result.samples
            assert sample.code.startswith(task.prompt)
            assert sample.verdict.label in Label
            assert sample.verdict.reason or sample.verdict.label is Label.SECURE
            (hit,) = result.prompt.hits
            assert hit.demonstration.origin.source == "sven"
            assert result.prompt.text.endswith(task.prompt.removeprefix("#!/bin/python3\n"))  # stays the first line
