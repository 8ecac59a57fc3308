"""Fetches what is not part of the package: the embedded models, SVEN's and SafeCoder's data, HumanEval.

`pull` takes a name and, offline, the archive or folder that holds the data. It puts verified files into the user's
cache (`data/<name>/`) and makes secure codebases from them (`codebases/<name>.sqlite`). If no place is given, it
searches the folders of `settings.data_dirs()` and then downloads the pinned commit.

What is fetched is untrusted (`pinned` says how it is read). Nothing of it is kept unless its hash is the one it had
when it was pinned. A pull that is killed leaves nothing half done; of two pulls at the same time, one waits for the
other. Tasks of held-out benchmarks (SVEN's `gen_2`, SafeCoder's scenarios from SecurityEval) never reach the cache,
because quality is judged on them from outside.

It does not look for updates: the commits are pinned.
"""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from seccoder.code.files import remove_unfinished, replacing, sha256
from seccoder.data.pinned import MAX_ARCHIVE, REPOSITORIES, locate, problem, read
from seccoder.errors import SecCoderError, StoreError, UsageError
from seccoder.models.embedded import known
from seccoder.settings import cache_dir, data_dirs
from seccoder.types import Demonstration, Progress


@dataclass(frozen=True, slots=True)
class Item:
    """Something that can be pulled: its name, what it is, its licence, and where it is (None if it is not here)."""

    name: str
    description: str
    licence: str
    where: str | None


HUMANEVAL = "HumanEval.jsonl.gz"
_HUMANEVAL_ADDRESS = (
    "https://raw.githubusercontent.com/openai/human-eval/6d43fb980f9fee3c892a914eda09951f772ad10d/data/" + HUMANEVAL
)
_HUMANEVAL_SHA256 = "b796127e635a67f93fb35c04f4cb03cf06f38c8072ee7cee8833d7bee06979ef"

NAMES = (*known.NAMES, *REPOSITORIES, "humaneval")


def items() -> list[Item]:
    """List everything that can be pulled, and where it is if it is here."""
    found: list[Item] = []
    for name, description in known.NAMES.items():
        model = known.installed(name)
        found.append(Item(name, description, "Apache-2.0", str(model) if model else None))
    for name, repository in REPOSITORIES.items():
        complete = _home(name).is_dir() and all(_codebase_path(each).is_file() for each in repository.codebases)
        found.append(Item(name, repository.description, "MIT", str(_home(name)) if complete else None))
    humaneval = _home("humaneval") / HUMANEVAL
    where = str(humaneval.parent) if humaneval.is_file() else None
    return [*found, Item("humaneval", "HumanEval: 164 problems with tests", "MIT", where)]


def folder(name: str) -> Path:
    """Return the folder of pulled data (`sven`, `safecoder`, `humaneval`), laid out as in its repository.

    Raises:
        SecCoderError: If it has not been pulled.
    """
    if not (path := _home(name)).is_dir():
        raise SecCoderError(f"the data {name} is not here; run: seccoder data pull {name}")
    return path


def pull(name: str, from_path: str | Path | None = None, on_progress: Progress | None = None) -> Path:
    """Bring one of `NAMES` into the user's cache and make its codebases; what is there already is left alone.

    Args:
        name: What to fetch.
        from_path: Where it is: the archive, the extracted folder, or a folder that holds one of them. If it is None,
            the data folders are searched, and then it is downloaded.
        on_progress: Called with bytes done and bytes in all while it downloads.

    Returns:
        The folder that holds it now; for the model, its file.

    Raises:
        UsageError: If there is no such name.
        MissingExtra: If SVEN's codebases cannot be made because the tokenizer library is missing; the data is there.
        SecCoderError: If it cannot be downloaded or read, or is not what was pinned. The cache is then as it was.
    """
    place = None if from_path is None else Path(from_path)
    if place is not None and not place.exists():
        raise UsageError(f"there is nothing at {place}")
    if name not in NAMES:
        raise UsageError(f"there is no data named {name!r}; known: {', '.join(NAMES)}")
    with _lock():
        if name in known.NAMES:
            return known.fetch(name, place, on_progress)
        remove_unfinished(_home(name))
        if name == "humaneval":
            return _pull_humaneval(place, on_progress)
        return _pull_repository(name, place, on_progress)


def _pull_repository(name: str, place: Path | None, on_progress: Progress | None) -> Path:
    repository = REPOSITORIES[name]
    home = _home(name)
    if place is not None or problem(repository, read(repository, home) if home.is_dir() else {}):
        with replacing(home) as fresh:
            source = locate(name, [place] if place else data_dirs())
            if source is None and place is not None:
                raise SecCoderError(f"{place} holds neither {name}'s archive (*.tar.gz) nor the folder of it")
            if source is None:
                source = fresh.with_name("download.tar.gz")
                archive = f"{repository.address}/archive/{repository.commit}.tar.gz"
                _download(name, archive, source, on_progress)
            files = read(repository, source)
            if why_not := problem(repository, files):
                what = source if place or source.parent != fresh.parent else archive
                raise SecCoderError(f"{what} is not {name} at commit {repository.commit[:7]}: {why_not}")
            for path, content in files.items():
                (fresh / path).parent.mkdir(parents=True, exist_ok=True)
                (fresh / path).write_bytes(content)
    _build_codebases(name, home)
    return home


def _pull_humaneval(place: Path | None, on_progress: Progress | None) -> Path:
    home = _home("humaneval")
    for candidate in [place] if place else [home, *data_dirs()]:
        file = candidate / HUMANEVAL if candidate.is_dir() else candidate
        if file.is_file() and (place or sha256(file) == _HUMANEVAL_SHA256):
            break
    else:
        if place:
            raise SecCoderError(f"{place} does not hold {HUMANEVAL}")
        file = None
    if file is not None and place is None and file.parent == home:
        return home
    with replacing(home) as fresh:
        if file is None:
            file = fresh.with_name("download.gz")
            _download("humaneval", _HUMANEVAL_ADDRESS, file, on_progress)
        if sha256(file) != _HUMANEVAL_SHA256:
            raise SecCoderError(f"{file.name} is not the {HUMANEVAL} that was pinned (another hash)")
        fresh.mkdir()
        shutil.copyfile(file, fresh / HUMANEVAL)
    return home


# --- downloading and putting in place -------------------------------------------------------------------------------


def _download(name: str, address: str, target: Path, on_progress: Progress | None) -> None:
    import httpx2

    try:
        with httpx2.stream("GET", address, follow_redirects=True, timeout=30) as response:
            response.raise_for_status()
            length = response.headers.get("content-length", "")
            total = int(length) if length.isdecimal() else None
            done = 0
            with target.open("wb") as file:
                for chunk in response.iter_bytes():
                    done += file.write(chunk)
                    if done > MAX_ARCHIVE:
                        raise SecCoderError(f"{address} sends more than {MAX_ARCHIVE:,} bytes; nothing was kept of it")
                    if on_progress:
                        on_progress(done, total)
    except httpx2.HTTPError as error:
        why = " ".join(str(error).split()) or type(error).__name__
        raise SecCoderError(
            f"cannot download {address} ({why}); get it elsewhere and run: seccoder data pull {name} --from PATH"
        ) from None


def _build_codebases(name: str, home: Path) -> None:
    from seccoder.data import safecoder, sven

    makers: dict[str, Callable[[], list[Demonstration]]] = {
        "sven": lambda: sven.paper_set(home, "train"),
        "sven-val": lambda: sven.paper_set(home, "val"),
        "safecoder": lambda: list(safecoder.demonstrations(home)),
    }
    for codebase in REPOSITORIES[name].codebases:
        _build_codebase(_codebase_path(codebase), makers[codebase], f"pulled: {REPOSITORIES[name].address}")


def _build_codebase(path: Path, make: Callable[[], list[Demonstration]], why: str) -> None:
    """Make a store that appears complete or not at all. A store that exists is kept, with whatever was added to it."""
    from seccoder.codebase.store import Store

    if path.exists():
        with suppress(StoreError), Store.open(path) as store:
            if store.version:
                return
    demonstrations = make()
    path.parent.mkdir(parents=True, exist_ok=True)
    remove_unfinished(path)
    with replacing(path) as fresh, Store.open(fresh) as store:
        store.add(demonstrations, why)
        store.seal()
        for side_file in ("-wal", "-shm"):  # of the damaged store that was there
            path.with_name(path.name + side_file).unlink(missing_ok=True)


def _home(name: str) -> Path:
    return cache_dir() / "data" / name


def _codebase_path(name: str) -> Path:
    from seccoder.codebase.codebase import pulled_path

    return pulled_path(name)


@contextmanager
def _lock() -> Iterator[None]:
    """Let one pull run at a time. The kernel releases the lock when the process ends, however it ends."""
    parent = cache_dir() / "data"
    try:
        parent.mkdir(parents=True, exist_ok=True)
        file = (parent / ".lock").open("w")
    except OSError as error:
        raise SecCoderError(f"cannot write to the cache {parent}: {error.strerror}") from None
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
