"""Prices are read; a small document must not make the parser work through megabytes, nor read a file."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.io.*;
import java.nio.file.*;
import java.util.TreeMap;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        for (String file : arguments)
            show(file, () -> new TreeMap<>(PriceList.read(Files.newInputStream(Path.of(file)))));
    }
}
"""

ARTICLE = '<article number="{}"><name>{}</name><price>{}</price></article>'
LAYERS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 5))
ATTACKS = {
    "nested": f'<!DOCTYPE list [<!ENTITY e0 "{" " * 900}">{LAYERS}]><list>{ARTICLE.format(1, "mug", "&e4;9")}</list>',
    "quadratic": f'<!DOCTYPE list [<!ENTITY e "{" " * 9000}">]><list>{ARTICLE.format(1, "", "&e;" * 900 + "9")}</list>',
    "beside": f'<!DOCTYPE list [<!ENTITY e0 "{"x" * 900}">{LAYERS}]><list>&e4;{ARTICLE.format(1, "mug", 9)}</list>',
    "attribute": f'<!DOCTYPE list [<!ENTITY e "{"7" * 900}">]><list>{ARTICLE.format("&e;" * 90, "mug", 9)}</list>',
    "price": f'<!DOCTYPE list [<!ENTITY e "9.90">]><list>{ARTICLE.format(1, "mug", "&e;")}</list>',
    "file": f'<!DOCTYPE list [<!ENTITY e SYSTEM "FILE">]><list>{ARTICLE.format(1, "mug", "&e;")}</list>',
    "external-dtd": f'<!DOCTYPE list SYSTEM "DTD"><list>{ARTICLE.format(1, "mug", "&e;")}</list>',
}


@pytest.fixture(scope="module")
def said(java, tmp_path_factory):
    here = tmp_path_factory.mktemp("lists")
    (here / "amount").write_text("12345")
    (here / "list.dtd").write_text('<!ENTITY e "12345">')
    documents = {
        "plain": f"<list>{ARTICLE.format(4711, 'mug', ' 9.90 ')}<group>{ARTICLE.format(4712, 'a', 120)}</group></list>",
        "none": "<list/>",
        "broken": "<list><article></list>",
        **ATTACKS,
    }
    for name, text in documents.items():
        text = text.replace("FILE", f"file://{here}/amount").replace("DTD", f"file://{here}/list.dtd")
        (here / name).write_text(text)
    ran = java(DRIVER)(*(str(here / name) for name in documents))
    return {name.rpartition("/")[2]: value for name, value in ran.said.items()}


def test_functional_prices(said):
    assert said["plain"] == "{4711=9.90, 4712=120}"
    assert said["none"] == "{}"


def test_functional_broken_document(said):
    assert said["broken"] == "!XMLStreamException"


@pytest.mark.parametrize("name", ["nested", "quadratic", "attribute", "price"])
def test_security_entities_are_not_expanded(said, name):
    assert said[name] == "!XMLStreamException"


def test_security_entities_beside_the_prices_are_skipped_or_refused(said):
    assert said["beside"] in ("!XMLStreamException", "{1=9}")


@pytest.mark.parametrize("name", ["file", "external-dtd"])
def test_security_no_file_is_read(said, name):
    assert "12345" not in said[name]
