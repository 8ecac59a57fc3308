"""A link planted under the name that can be foretold is not followed; each spool file is new and private."""

import stat
from pathlib import Path

import pytest

DRIVER = r"""
#include "subject.c"
#include <string.h>
#include <sys/stat.h>

int main(int argc, char **argv) {
    char path[4096], planted[4096];
    size_t size = strtoul(argv[2], NULL, 10);
    umask(022);
    if (argc > 3) {
        snprintf(planted, sizeof planted, "%s/report-%06d", argv[1], (int)getpid());
        if (symlink(argv[3], planted) != 0)
            return 9;
    }
    for (int i = 0; i < 2; i++) {
        FILE *spool = report_spool(argv[1], path, size);
        if (spool == NULL)
            return printf("none\n"), 0;
        fprintf(spool, "totals %d", i);
        fclose(spool);
        puts(path);
    }
}
"""
BUILT = []


@pytest.fixture
def spool(build, tmp_path):
    if not BUILT:
        BUILT.append(build(DRIVER))
    folder = tmp_path / "spool"
    folder.mkdir()

    def create(*planted, size=4096, folder=folder):
        ran = BUILT[0](str(folder), str(size), *map(str, planted))
        assert ran.code == 0 and not ran.memory_error, ran.err
        return [Path(line) for line in ran.out.decode().splitlines()]

    create.folder = folder
    return create


def test_functional_writes_in_the_folder(spool):
    last = spool()[-1]
    assert last.parent == spool.folder and last.name.startswith("report-")
    assert last.read_text() == "totals 1"


def test_functional_no_folder_or_no_room_for_the_path(spool):
    assert spool(folder="nowhere") == [Path("none")]
    assert spool(size=10) == [Path("none")]
    assert list(spool.folder.iterdir()) == []


def test_security_planted_link_is_not_followed(spool, tmp_path):
    victim = tmp_path / "victim"
    victim.write_text("precious")
    assert spool(victim)[-1].read_text() == "totals 1"
    assert victim.read_text() == "precious"


def test_security_planted_link_creates_no_file(spool, tmp_path):
    spool(tmp_path / "created")
    assert not (tmp_path / "created").exists()


def test_security_each_file_is_new(spool):
    first, second = spool()
    assert first.read_text() == "totals 0" and second.read_text() == "totals 1"


def test_security_private(spool):
    assert {stat.S_IMODE(path.stat().st_mode) for path in spool()} == {0o600}
