"""What every test shares: user folders redirected, data archives found, missing tools skipped (in CI: failed)."""

import importlib.util
import itertools
import os
import shutil
from pathlib import Path
from types import ModuleType

import hypothesis
import pytest

# No test may depend on how busy the machine is: hypothesis gives no example a deadline, and does not time their making.
hypothesis.settings.register_profile("seccoder", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("seccoder")

# There is a test on each core already. With more threads a small matrix takes several times the processor time, most of
# it spent on waiting for each other. It counts for what tests start, too, and is read when numpy or torch is imported.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")

REPOSITORY = Path(__file__).parents[1]
STRICT = os.environ.get("SECCODER_TEST_STRICT") == "1"  # CI: what is missing is a failure, not a skip


def missing(what: str) -> None:
    """Skip the test, or fail it where everything must be there."""
    if STRICT:
        pytest.fail(f"{what} is missing, and SECCODER_TEST_STRICT=1 forbids skipping")
    pytest.skip(f"{what} is missing")


def need_tool(name: str) -> str:
    """Path of an external program; skips without it."""
    path = shutil.which(name)
    if path is None:
        missing(name)
    return str(path)


def need_module(name: str) -> ModuleType:
    """A Python package of an optional part; skips without it."""
    if importlib.util.find_spec(name) is None:
        missing(name)
    return importlib.import_module(name)


@pytest.fixture
def boxed() -> None:
    """Skips where nothing can be run in the sandbox."""
    from seccoder import sandbox

    if (why := sandbox.unavailable()) is not None:
        missing(why)


@pytest.fixture(scope="session")
def real_cache() -> Path:
    """The user's real cache, for tests that need a pulled model."""
    from seccoder.settings import cache_dir

    return cache_dir()


@pytest.fixture(scope="session")
def homes(tmp_path_factory):
    """Fresh folders, one after the other: pytest's own way looks through all that are there before it makes one."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def user_folders(homes, monkeypatch, real_cache):
    """No test reads or writes the user's own codebase, cache or settings."""
    home = next(homes)
    home.mkdir()
    for name in list(os.environ):
        if name.startswith("SECCODER_") and name not in {"SECCODER_DATA", "SECCODER_TEST_STRICT"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("SECCODER_HOME", str(home / "home"))
    monkeypatch.setenv("SECCODER_CACHE", str(home / "cache"))
    return home


def archive(name: str) -> Path:
    """A data archive (`sven`, `safecoder`); the test is skipped where it is absent: it is not part of the project."""
    for folder in [os.environ.get("SECCODER_DATA"), REPOSITORY.parent / "shared" / "data"]:
        for path in sorted(Path(folder).glob(f"{name}-*.tar.gz")) if folder else []:
            return path
    pytest.skip(f"the {name} archive is not here (set SECCODER_DATA to the folder that holds it)")


@pytest.fixture(scope="session")
def sven_archive() -> Path:
    return archive("sven")


@pytest.fixture(scope="session")
def safecoder_archive() -> Path:
    return archive("safecoder")


@pytest.fixture(scope="session")
def cache_with_sven(sven_archive, tmp_path_factory) -> Path:
    """A folder for caches into which SVEN was pulled; it is not to be changed."""
    from seccoder import data

    folder = tmp_path_factory.mktemp("sven") / "cache"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECCODER_CACHE", str(folder))
        data.pull("sven", sven_archive)
    return folder


@pytest.fixture
def pulled_sven(cache_with_sven, user_folders) -> None:
    """SVEN is there as after `seccoder data pull sven`, which takes seconds and is tested by itself."""
    shutil.copytree(cache_with_sven, user_folders / "cache", dirs_exist_ok=True)


@pytest.fixture(scope="session")
def sarif_schema() -> dict:
    """The published schema of SARIF 2.1.0, which is not ours to copy: it travels in a package (see .ci/run)."""
    import json

    folder = Path(os.environ.get("SECCODER_SARIF_SCHEMA", REPOSITORY / ".venv-sarif"))
    for path in sorted(folder.rglob("sarif-2.1.0*.json")):
        return json.loads(path.read_text())
    missing("the SARIF schema (npm install --prefix .venv-sarif @microsoft/jest-sarif)")
    raise AssertionError
