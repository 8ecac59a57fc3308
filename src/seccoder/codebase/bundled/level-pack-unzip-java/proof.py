"""Packs are unpacked with their folders; no entry may create, change or replace anything outside the pack's folder."""

import zipfile

import pytest

DRIVER = r"""
import static given.Said.show;

import java.nio.file.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        for (int i = 1; i < arguments.length; i++) {
            Path place = root.resolve(arguments[i]);
            Path folder = place.resolve("packs/forest");
            show(arguments[i], () -> LevelPacks.install(Files.newInputStream(place.resolve("pack.zip")), folder)
                .stream().map(file -> folder.toAbsolutePath().relativize(file).toString()).sorted().toList());
        }
    }
}
"""

PACKS = {
    "plain": ["level1.map", "music/", "music/theme.ogg", "music/night/owl.ogg"],
    "dots": ["level1.map", "music/../level2.map", "a..b/..c.map"],
    "parent": ["level1.map", "../../escaped.txt"],
    "deep": ["music/../../../escaped.txt"],
    "sibling": ["../forest2/level1.map"],
    "sibling-file": ["../forest.ini"],
    "sibling-deep": ["x/../../forest-hd/autorun.map"],
    "sibling-folder": ["../forest3/"],
    "absolute": ["{root}/absolute/escaped.txt"],
}


def tree(folder):
    return {str(p.relative_to(folder)): p.read_text("latin-1") if p.is_file() else None for p in folder.rglob("*")}


@pytest.fixture(scope="module")
def results(java, tmp_path_factory):
    root = tmp_path_factory.mktemp("game")
    for name, entries in PACKS.items():
        packs = root / name / "packs"
        (packs / "forest2").mkdir(parents=True)
        (packs / "forest2" / "level1.map").write_text("mine")
        with zipfile.ZipFile(root / name / "pack.zip", "w") as pack:
            for entry in entries:
                pack.writestr(entry.format(root=root), "" if entry.endswith("/") else "from the pack")
    said = java(DRIVER)(str(root), *PACKS).said
    return {name: (value, tree(root / name)) for name, value in said.items()}


def test_functional_files_and_folders(results):
    said, files = results["plain"]
    assert said == ["level1.map", "music/night/owl.ogg", "music/theme.ogg"]
    assert files["packs/forest/music/night/owl.ogg"] == "from the pack"


def test_functional_dots_that_stay_inside(results):
    said, files = results["dots"]
    assert said == ["a..b/..c.map", "level1.map", "level2.map"]
    assert files["packs/forest/level2.map"] == "from the pack"


@pytest.mark.parametrize("name", list(PACKS)[2:])
def test_security_nothing_outside_the_folder(results, name):
    said, files = results[name]
    outside = {path: text for path, text in files.items() if not path.startswith("packs/forest/")}
    outside.pop("packs/forest", None)
    assert set(outside) == {"pack.zip", "packs", "packs/forest2", "packs/forest2/level1.map"}
    assert outside["packs/forest2/level1.map"] == "mine"
    assert said == "!IOException" or name == "absolute"
