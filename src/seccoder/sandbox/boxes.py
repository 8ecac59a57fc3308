"""Makes the command lines that start a box, for bubblewrap and for the container engines docker and podman.

It takes what the box is to allow and returns a list of arguments that ends where the command to run begins. None of the
untrusted code runs here, but `bwrap_mode` starts bubblewrap with a trivial command to see what this machine permits.
`seccoder.sandbox.execute` says what a box holds in and what it does not.
"""

import glob
import os
import shutil
import site
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

WORK = "/box"  # the working folder, as the boxed program sees it
PROGRAMS = f"{sys.prefix}/bin"  # this interpreter's and its wheels'; the path in sys.executable may lead through ".."
IMAGE = "debian:stable-slim"  # only its root folders are used: programs and libraries are this machine's own
STUBS = {  # files of /etc that programs look for; a boxed program must not see the real ones
    "/etc/passwd": b"nobody:x:65534:65534:nobody:/box:/bin/sh\n",
    "/etc/group": b"nogroup:x:65534:\n",
    "/etc/hosts": b"127.0.0.1 localhost\n::1 localhost\n",
}
RESERVED = frozenset("usr bin sbin lib lib32 lib64 libx32 etc proc dev sys box tmp in shown".split())  # the box's own
_ETC = ("alternatives", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime")
RESERVED_SETTINGS = frozenset((*_ETC, *(path.rpartition("/")[2] for path in STUBS)))  # what is in the box's /etc
_NOBODY = "65534"
_USER = f"--unshare-all --unshare-user --cap-drop ALL --uid {_NOBODY} --gid {_NOBODY}".split()
_ISOLATION = {
    # Root does not use a user namespace: a process whose user is root outside is exempt from the limit on processes.
    # It becomes a user of its own instead, one that nothing else on the machine is, which also keeps two boxes apart.
    "root": "--unshare-ipc --unshare-pid --unshare-net --unshare-uts --unshare-cgroup-try "
    "--cap-drop ALL --cap-add CAP_SETUID --cap-add CAP_SETGID".split(),
    "user": [*_USER, "--disable-userns"],
    "old": _USER,  # bubblewrap before 0.8
}


@cache
def bwrap_mode(bwrap: str) -> str:
    """Return the strictest mode of bubblewrap that works here, or `user` if none does: its message is then reported."""
    candidates = ["user", "old"]
    if os.geteuid() == 0 and shutil.which("setpriv"):
        candidates.insert(0, "root")
    for mode in candidates:
        probe = [bwrap, *_ISOLATION[mode], *_binds(), "--proc", "/proc", "--dev", "/dev", "--", *_drop(mode, _NOBODY)]
        try:
            if subprocess.run([*probe, "/bin/true"], capture_output=True, timeout=20, check=False).returncode == 0:
                return mode
        except (OSError, subprocess.TimeoutExpired):
            continue
    return "user"


def bwrap_command(
    bwrap: str,
    *,
    mode: str,
    user: int,
    env: Mapping[str, str],
    disk_mb: int,
    stubs: Iterable[tuple[str, int]],
    folders: Sequence[str],
    shown: Mapping[str, Path],
) -> list[str]:
    """Make bubblewrap's command line, up to the command to run.

    Args:
        bwrap: Path of the program.
        mode: What `bwrap_mode` returned.
        user: The user id that the boxed program gets if the caller is root.
        env: The whole environment inside.
        disk_mb: Size of each writable folder, in MiB.
        stubs: Paths of files inside the box, and the descriptors that hold their contents.
        folders: Further writable folders.
        shown: Files of this machine, by their names in the box's folder `/shown`.
    """
    arguments = [bwrap, *_ISOLATION[mode], "--die-with-parent", "--new-session", "--clearenv"]
    for name, value in env.items():
        arguments += ["--setenv", name, value]
    memory = ["--perms", "1777", "--size", str(max(1, disk_mb) << 20), "--tmpfs"]
    for folder in (*folders, "/tmp"):  # noqa: S108 - the box's own; before the rest: the interpreter may lie in one
        arguments += [] if folder.startswith("/etc/") else [*memory, folder]
    arguments += _binds()
    for folder in folders:
        arguments += [*memory, folder] if folder.startswith("/etc/") else []
    arguments += ["--perms", "0755", "--dir", "/shown"] if shown else []
    for name, file in shown.items():
        arguments += ["--ro-bind", str(file), f"/shown/{name}"]
    for path, descriptor in stubs:
        arguments += ["--ro-bind-data", str(descriptor), path]
    arguments += ["--proc", "/proc", "--dev", "/dev"]
    for folder in (WORK, "/dev/shm"):  # noqa: S108 - the box's own
        arguments += [*memory, folder]
    return [*arguments, *f"--remount-ro /dev --remount-ro / --chdir {WORK} --".split(), *_drop(mode, str(user))]


def engine_command(  # noqa: PLR0913 - one command line, one call
    engine: str,
    *,
    image: str,
    name: str,
    folder: Path,
    env: Mapping[str, str],
    folders: Sequence[str],
    shown: Mapping[str, Path],
    disk_mb: int,
    memory_mb: int,
    pids: int,
) -> list[str]:
    """Make a container engine's command line, up to the command to run.

    Args:
        engine: Path of docker or podman.
        image: The image, which has to bring every program; "" means `IMAGE` with this machine's programs.
        name: Name of the container, by which it can be killed.
        folder: A folder of this machine that the container sees, read-only, as `/in`. Pipes in it can be written to.
        env: Environment variables.
        folders: Further writable folders.
        shown: Files of this machine, by their names in the container's folder `/shown`.
        disk_mb: Size of each writable folder, in MiB.
        memory_mb: How much memory it may use, in MiB. It gets no swap.
        pids: How many processes and threads it may have.
    """
    arguments = [engine, *"run --rm --init --interactive --network none --read-only --cap-drop ALL".split()]
    arguments += ["--security-opt", "no-new-privileges", "--user", f"{_NOBODY}:{_NOBODY}", "--ulimit", "core=0"]
    arguments += ["--name", name, "--pids-limit", str(pids), "--workdir", WORK]
    arguments += ["--memory", f"{memory_mb}m", "--memory-swap", f"{memory_mb}m", "--shm-size", f"{disk_mb}m"]
    for mount in (WORK, "/tmp", *folders):  # noqa: S108 - the container's own
        arguments += ["--tmpfs", f"{mount}:rw,exec,nosuid,nodev,mode=1777,size={disk_mb}m"]
    arguments += ["--volume", f"{folder}:/in:ro"]
    for name, file in shown.items():
        arguments += ["--volume", f"{file}:/shown/{name}:ro"]
    if not image:
        for kind, source, path in _visible_paths():
            arguments += ["--volume", f"{source}:{path}:ro"] if kind == "bind" else []
    for variable, value in env.items():
        arguments += ["--env", f"{variable}={value}"]
    return [*arguments, image or IMAGE]


def _drop(mode: str, user: str) -> list[str]:
    if mode != "root":
        return []
    return f"setpriv --reuid {user} --regid {user} --clear-groups --inh-caps=-all --no-new-privs --".split()


@cache
def _visible_paths() -> tuple[tuple[str, str, str], ...]:
    """List what a box shows of this machine: ("bind", path, path), ("link", to, path) or ("folder", "", path)."""
    paths: list[tuple[str, str, str]] = []
    for top in ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"):
        if os.path.islink(top):
            paths.append(("link", os.readlink(top), top))
        elif os.path.isdir(top):
            paths.append(("bind", top, top))
    paths.append(("folder", "", "/etc"))  # if bubblewrap made it for the files in it, only root could enter it
    java = glob.glob("/etc/java-*")  # Debian keeps the JDK's own settings there
    paths += [("bind", path, path) for path in [*(f"/etc/{name}" for name in _ETC), *java] if os.path.exists(path)]
    # Of an interpreter's folder only what it needs: a virtual environment may be in somebody's home or project.
    parts = ("bin", "lib", "lib64", "include", "pyvenv.cfg")
    wanted = [f"{prefix}/{part}" for prefix in (sys.prefix, sys.base_prefix) for part in parts]
    wanted += [os.path.realpath(sys.executable), *site.getsitepackages()]
    wanted += [site.getusersitepackages()] if site.ENABLE_USER_SITE else []
    covered = ["/usr/", "/bin/", "/lib/", "/lib64/"]
    folders: set[str] = set()
    for path in wanted:
        if path.startswith(tuple(covered)) or not os.path.exists(path):
            continue
        for parent in map(str, reversed(Path(path).parents[:-1])):
            if parent not in folders:
                paths.append(("folder", "", parent))  # if bubblewrap made it by itself, only root could enter it
                folders.add(parent)
        is_link = os.path.islink(path) and os.path.isdir(path)
        paths.append(("link", os.readlink(path), path) if is_link else ("bind", path, path))
        covered.append(path.rstrip("/") + "/")
    return tuple(paths)


def _binds() -> list[str]:
    options = {"bind": ["--ro-bind"], "link": ["--symlink"], "folder": ["--perms", "0755", "--dir"]}
    return [
        part
        for kind, source, path in _visible_paths()
        for part in [*options[kind], *([source] if source else []), path]
    ]
