"""Runs in the box: tells what an attempt changed below the watched folders, and puts everything back.

The kernel notes where something happened (inotify), so that of hundreds of files only those are looked at. Where it
does not, or where folders came and went, every file is.
"""
# ruff: noqa: ANN001, ANN201, ANN204, D103
# (a script inside the box, never imported by the package)
# mypy: ignore-errors

import base64
import contextlib
import ctypes
import os
import stat
import struct

HAPPENS = 0x2 | 0x4 | 0x8 | 0x40 | 0x80 | 0x100 | 0x200 | 0x400 | 0x800  # to a file, to a name, to the folder itself
UNSURE = 0x40000000 | 0x4000 | 0x8000 | 0x400 | 0x800  # it was a folder, or there were more events than there is room


class Watch:
    """Tells which files below some folders may have changed."""

    def __init__(self, roots):
        self.roots, self.folders, self.libc = roots, {}, ctypes.CDLL(None, use_errno=True)
        self.descriptor = self.libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        self.noted = self.descriptor >= 0  # whether the kernel notes what happens
        self.unsaid = None  # what happened since `written` was asked last; None stands for anything

    def touched(self):
        """Return the paths to which something may have happened since this was asked last; None if it may be any."""
        found = set() if self.folders and self.noted else None
        while self.noted:
            try:
                told = os.read(self.descriptor, 1 << 16)
            except OSError:  # there is no more
                break
            at = 0
            while at < len(told):
                number, kind, _, length = struct.unpack_from("iIII", told, at)
                name = told[at + 16 : at + 16 + length].rstrip(b"\0")
                at += 16 + length
                if kind & UNSURE or number not in self.folders:
                    found = None
                elif found is not None:
                    found.add(os.path.join(self.folders[number], os.fsdecode(name)))
        self.unsaid = None if self.unsaid is None or found is None else self.unsaid | found
        return found

    def stamps(self, touched=None):
        """Return the stamp of every small file that could be written to, or of those `touched`, by path."""
        paths = self.paths() if touched is None else sorted(touched)
        return {path: found for path in paths if (found := stamp(path))}

    def paths(self):
        """Path of what could be written to: not of what the box shows of the machine, such as an interpreter.

        That may lie below a watched folder, if a virtual environment was made in `/tmp`, and hold thousands of files.
        """
        for root in self.roots:
            here = device(root)
            for folder, folders, names in os.walk(root):
                if self.noted:
                    number = self.libc.inotify_add_watch(self.descriptor, os.fsencode(folder), HAPPENS)
                    self.folders[number] = folder
                    self.noted = number >= 0  # the machine may allow no more
                folders[:] = [name for name in folders if device(os.path.join(folder, name)) == here]
                yield from (os.path.join(folder, name) for name in names[:200])

    def snapshot(self):
        """Stamp and content of every small file that could be written to, by path."""
        self.touched()
        return {path: (found, content(path)) for path, found in self.stamps().items()}

    def compare_and_restore(self, before):
        """What an attempt changed and removed; afterwards everything is as it was, for the next one."""
        touched = self.touched()
        now = self.stamps(touched)
        changed = {path: found for path, found in now.items() if path not in before or before[path][0] != found}
        known = before if touched is None else sorted(touched & before.keys())
        removed = [path for path in known if path not in now]
        contents = {path: base64.b64encode(content(path)).decode() for path in changed}
        modes = {}
        with contextlib.suppress(OSError):
            for path in changed:
                modes[path] = os.lstat(path).st_mode & 0o7777
            for path in changed.keys() - before.keys():
                os.unlink(path)
            for path in [*removed, *(changed.keys() & before.keys())]:
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "wb") as stream:
                    stream.write(before[path][1])
                before[path] = (stamp(path), before[path][1])
        return contents, removed, modes

    def written(self):
        """Return the content of every small file that may have changed since this was asked last, by path."""
        self.touched()
        paths = self.stamps(self.unsaid)
        self.unsaid = set()
        return {path: content(path) for path in paths}


def stamp(path):
    """Return what changes when a small file is written; None if there is none."""
    try:
        found = os.lstat(path)
    except (OSError, ValueError):
        return None
    regular = stat.S_ISREG(found.st_mode) and found.st_size < 4096
    return (found.st_mtime_ns, found.st_size, found.st_ino) if regular else None


def device(path):
    try:
        return os.lstat(path).st_dev
    except OSError:
        return None  # it is gone


def content(path):
    try:
        with open(path, "rb") as stream:
            return stream.read(4096)
    except OSError:
        return b""
