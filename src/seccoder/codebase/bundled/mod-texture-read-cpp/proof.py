"""Textures of the mod are read; nothing outside of it is, by dots, by an absolute name, by links or by a neighbour."""

import pytest

DRIVER = r"""
#include "subject.cpp"
#include <cstdio>

int main(int, char **argv) {
    const auto texture = read_texture(argv[1], argv[2]);
    std::printf("%s", texture ? texture->c_str() : "nothing");
}
"""


@pytest.fixture(scope="module")
def program(build):
    return build(DRIVER)


@pytest.fixture
def texture(program, tmp_path):
    mod = tmp_path / "mods" / "forest"
    (mod / "terrain").mkdir(parents=True)
    (mod / "terrain" / "grass.png").write_text("GREEN")
    (mod / "leaf..png").write_text("LEAF")
    (mod / "summer").symlink_to("terrain")
    for place in ["saves", "mods/forest2"]:
        (tmp_path / place).mkdir()
        (tmp_path / place / "secret").write_text("SECRET")
    (mod / "out.png").symlink_to(tmp_path / "saves" / "secret")
    (mod / "away").symlink_to(tmp_path / "mods" / "forest2")

    def read(name, root=mod):
        ran = program(str(root), name)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    read.here = tmp_path
    return read


def test_functional_textures(texture):
    assert texture("terrain/grass.png") == "GREEN"
    assert texture("./terrain//grass.png") == "GREEN"
    assert texture("leaf..png") == "LEAF"
    assert texture("summer/grass.png") == "GREEN"


def test_functional_root_in_another_spelling(texture):
    assert texture("terrain/grass.png", f"{texture.here}/mods/../mods/forest/") == "GREEN"


def test_functional_nothing_there(texture):
    assert texture("terrain/snow.png") == "nothing"
    assert texture("terrain") == texture("") == texture(".") == "nothing"
    assert texture("grass.png", f"{texture.here}/nowhere") == "nothing"


@pytest.mark.parametrize("name", ["../../saves/secret", "../forest2/secret", "terrain/../../forest2/secret"])
def test_security_dots(texture, name):
    assert texture(name) == "nothing"


def test_security_absolute_name(texture):
    assert texture(f"{texture.here}/saves/secret") == "nothing"
    assert texture(f"//{texture.here}/mods/forest2/secret") == "nothing"


@pytest.mark.parametrize("name", ["out.png", "away/secret", "summer/../away/secret"])
def test_security_links_out(texture, name):
    assert texture(name) == "nothing"
