"""Real input: SVEN's 18 test prompts go through the whole flow with the embedded model."""

import shutil

import pytest

from conftest import missing, need_module, need_tool
from seccoder import SecCoder, data
from seccoder.evaluation.benchmarks import sven
from seccoder.types import Label


@pytest.mark.model
@pytest.mark.data
@pytest.mark.tool
def test_all_18_prompts_get_a_demonstration_and_a_verdict(sven_archive, real_cache, monkeypatch, tmp_path):
    need_tool("bwrap")
    need_tool("gcc")
    need_module("xllamacpp")
    models = sorted((real_cache / "models").glob("*.gguf"))
    if not models:
        missing("the embedded model (seccoder data pull smollm2)")
    monkeypatch.setenv("SECCODER_CACHE", str(tmp_path))
    shutil.copytree(real_cache / "models", tmp_path / "models")
    data.pull("sven", sven_archive)
    tasks = sven.test_tasks(data.folder("sven"))
    assert len(tasks) == 18
    with SecCoder(model="embedded", codebase="sven", max_tokens=48, threads=1) as seccoder:
        assert len(seccoder.codebase.ids()) == 596
        for task in tasks:
            result = seccoder.run(task.query(), cwe=task.cwe, n=1, task=task)
            (sample,) = result.samples
            assert sample.code.startswith(task.prompt)
            assert sample.verdict.label in Label
            assert sample.verdict.reason or sample.verdict.label is Label.SECURE
            (hit,) = result.prompt.hits
            assert hit.demonstration.origin.source == "sven"
            assert result.prompt.text.endswith(task.prompt.removeprefix("#!/bin/python3\n"))  # stays the first line
