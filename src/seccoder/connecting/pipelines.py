"""Makes the files by which a repository has every change checked: a commit hook, a workflow, a pipeline.

`PIPELINES` names a function for each host. A function returns the text of each file by its path in the repository. The
files are complete: they install what is needed, check what a change made or reached, keep results between runs, and
hand the log to the host where the host takes one. Texts that a stranger's pull request can choose, such as the name of
a branch, reach the shell in variables only.

Not guaranteed: that a runner lets a sandbox start. Where it does not, nothing is run, and files are UNKNOWN with the
reason; `seccoder doctor`, which each pipeline calls first, says so.
"""

from collections.abc import Callable

_TOOLS = "bubblewrap gcc g++ libc6-dev git nodejs esbuild golang-go default-jdk-headless"

_PRE_COMMIT = """\
repos:
  - repo: local
    hooks:
      - id: seccoder
        name: seccoder check
        entry: seccoder check --staged
        language: system
        pass_filenames: false
        require_serial: true
"""

_GITHUB = """\
name: seccoder
on:
  push:
    branches: [main, master]
  pull_request:

permissions:
  contents: read
  security-events: write

jobs:
  check:
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0  # what a branch changed is told from where it began
          persist-credentials: false
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
          cache: pip
          cache-dependency-path: .github/workflows/seccoder.yml
      - name: Install
        run: |
          sudo apt-get update -qq
          sudo apt-get install -y -qq {tools}
          # this runner forbids the namespaces of which the sandbox is made, unless it is told otherwise
          sudo sysctl -q -w kernel.apparmor_restrict_unprivileged_userns=0
          python -m pip install --quiet seccoder
          seccoder doctor
      - uses: actions/cache@v4
        with:
          path: ~/.cache/seccoder/checks
          key: seccoder-${{{{ github.run_id }}}}
          restore-keys: seccoder-
      - name: Check
        env:
          BASE: ${{{{ github.base_ref }}}}
        run: |
          if [ -n "$BASE" ]; then
            seccoder check --diff "origin/$BASE" --format sarif > seccoder.sarif
          else
            seccoder check . --format sarif > seccoder.sarif
          fi
      - uses: github/codeql-action/upload-sarif@v3
        # a pull request from a fork may not upload
        if: ${{{{ !cancelled() && github.event.pull_request.head.repo.fork != true }}}}
        with:
          sarif_file: seccoder.sarif
"""

_GITLAB = """\
# In .gitlab-ci.yml: include: [{{local: .gitlab/seccoder.yml}}]
seccoder:
  image: python:3.12-slim-bookworm
  stage: test
  timeout: 30 minutes
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  variables:
    GIT_DEPTH: "0"  # what a branch changed is told from where it began
    SECCODER_CACHE: $CI_PROJECT_DIR/.seccoder-cache
    PIP_CACHE_DIR: $CI_PROJECT_DIR/.pip-cache
  cache:
    key: seccoder
    paths: [.seccoder-cache/checks, .pip-cache]
  before_script:
    - apt-get update -qq
    - apt-get install -y -qq {tools}
    - python -m pip install --quiet seccoder
    - seccoder doctor
  script:
    - |
      if [ -n "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME" ]; then
        git fetch -q origin "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
        seccoder check --diff FETCH_HEAD --format sarif > seccoder.sarif
      else
        seccoder check . --format sarif > seccoder.sarif
      fi
  artifacts:
    when: always
    paths: [seccoder.sarif]
"""


def pre_commit() -> dict[str, str]:
    """Return the settings of pre-commit: a commit is refused for what it makes or reaches."""
    return {".pre-commit-config.yaml": _PRE_COMMIT}


def github() -> dict[str, str]:
    """Return a workflow for GitHub Actions that checks changes and uploads the log to code scanning."""
    return {".github/workflows/seccoder.yml": _GITHUB.format(tools=_TOOLS)}


def gitlab() -> dict[str, str]:
    """Return a job for GitLab that checks changes and keeps the log as an artifact."""
    return {".gitlab/seccoder.yml": _GITLAB.format(tools=_TOOLS)}


PIPELINES: dict[str, Callable[[], dict[str, str]]] = {"pre-commit": pre_commit, "github": github, "gitlab": gitlab}
# What is left to do once the files are there.
NEXT = {
    "pre-commit": "Now run: pre-commit install",
    "gitlab": "Now write into .gitlab-ci.yml: include: [{local: .gitlab/seccoder.yml}]",
}
