"""Files under the root are served; nothing outside is, whether by dots, by links or by a like-named neighbour."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <unistd.h>

int main(int argc, char **argv) {
    char content[100];
    int file = open_static(argv[1], argv[2]);
    if (file < 0)
        return printf("refused"), 0;
    ssize_t size = read(file, content, sizeof content);
    printf("%.*s", size < 0 ? 0 : (int)size, content);
}
"""
BUILT = []


@pytest.fixture
def serve(build, tmp_path):
    if not BUILT:
        BUILT.append(build(DRIVER))
    root = tmp_path / "www"
    (root / "css").mkdir(parents=True)
    (root / "index.html").write_text("welcome")
    (root / "css" / "site.css").write_text("body {}")
    (root / "latest").symlink_to("index.html")
    for neighbour in ["www-old", "www2", "private"]:
        (tmp_path / neighbour).mkdir()
        (tmp_path / neighbour / "secret").write_text("SECRET")
    (tmp_path / "www.conf").write_text("SECRET")
    (root / "out").symlink_to(tmp_path / "www-old")
    (root / "away").symlink_to(tmp_path / "private" / "secret")

    def request(path, base=root):
        ran = BUILT[0](str(base), path)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    request.root = root
    return request


def test_functional_files(serve):
    assert serve("index.html") == "welcome"
    assert serve("css/site.css") == "body {}"
    assert serve("css/../index.html") == "welcome"
    assert serve("/index.html") == "welcome"
    assert serve("latest") == "welcome"


def test_functional_root_given_in_other_spellings(serve):
    assert serve("index.html", f"{serve.root}/") == "welcome"
    assert serve("index.html", f"{serve.root}/css/..") == "welcome"


def test_functional_missing(serve):
    assert serve("nothing.html") == "refused"
    assert serve("index.html/x") == "refused"
    assert serve("index.html", f"{serve.root}/nowhere") == "refused"


@pytest.mark.parametrize(
    "path", ["../private/secret", "css/../../private/secret", "away", "../../../../../../etc/passwd"]
)
def test_security_leaves_the_root(serve, path):
    assert serve(path) == "refused"


@pytest.mark.parametrize("path", ["../www-old/secret", "../www2/secret", "../www.conf", "out/secret"])
def test_security_neighbour_with_the_same_beginning(serve, path):
    assert serve(path) == "refused"


def test_security_path_longer_than_any_buffer(serve):
    assert serve("css/../" * 3000 + "index.html") == "refused"
