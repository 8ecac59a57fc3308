"""However many files in the folder are no saves, the ones that are can still be opened afterwards."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdlib>
#include <sys/resource.h>

// Reads the first file as often as told, then the second, with few descriptors at hand.
int main(int, char **argv) {
    const rlimit few{32, 32};
    setrlimit(RLIMIT_NOFILE, &few);
    for (int i = 0; i < std::atoi(argv[2]); ++i) {
        try {
            read_save_header(argv[1]);
        } catch (const std::exception &) {
        }
    }
    try {
        const SaveHeader header = read_save_header(argv[3]);
        std::printf("%d %s", header.version, header.player.c_str());
    } catch (const std::exception &) {
        std::printf("refused");
    }
}
"""


@pytest.fixture(scope="module")
def program(build):
    return build(DRIVER)


@pytest.fixture
def header(program, tmp_path):
    def header(content, first="SAV2 1 somebody\n", times=0):
        (tmp_path / "first.sav").write_text(first)
        if content is not None:
            (tmp_path / "second.sav").write_text(content)
        ran = program(str(tmp_path / "first.sav"), str(times), str(tmp_path / "second.sav"))
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return header


def test_functional_headers(header):
    assert header("SAV2 3 Ann of the Hills\nmap...") == "3 Ann of the Hills"
    assert header("SAV2 7 x") == "7 x"


def test_functional_long_name_is_cut(header):
    assert header(f"SAV2 1 {'n' * 500}\n") == f"1 {'n' * 63}"


@pytest.mark.parametrize("content", [None, "", "SAV1 3 Ann\n", "SAV2 Ann\n", "SAV2 0 Ann\n", "SAV2 8 Ann\n", "SAV2 3"])
def test_functional_no_save(header, content):
    assert header(content) == "refused"


def test_functional_many_saves(header):
    assert header("SAV2 3 Ann\n", times=100) == "3 Ann"


@pytest.mark.parametrize("other", ["", "GIF89a", "SAV2 Ann\n", "SAV2 99 Ann\n", "SAV2 -1 Ann\n"])
def test_security_many_files_that_are_no_saves(header, other):
    assert header("SAV2 3 Ann\n", first=other, times=100) == "3 Ann"
