"""A badge opens its zones with its PIN only; no number or PIN turns the expression into another one."""

import pytest

DRIVER = r"""
import static given.Said.show;

import java.io.ByteArrayInputStream;
import javax.xml.parsers.DocumentBuilderFactory;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new ByteArrayInputStream(arguments[0].getBytes("UTF-8")));
        for (int i = 1; i < arguments.length; i += 2) {
            String number = arguments[i], pin = arguments[i + 1];
            show(number + "/" + pin, () -> Badges.zones(document, number, pin));
        }
    }
}
"""
BADGES = """<badges>
<badge number="100" pin="1234"><zone>lobby</zone><zone>office</zone></badge>
<badge number="200" pin="9876"><zone>vault</zone></badge>
<badge number="300" pin="it's"><zone>garage</zone></badge>
</badges>"""

BENIGN = {("100", "1234"): ["lobby", "office"], ("200", "9876"): ["vault"]}
WRONG = [("100", "9876"), ("100", ""), ("", ""), ("400", "1234")]
ATTACKS = [
    ("200", "' or '1'='1"),
    ("200' or '1'='1", "x"),
    ("200' or @number='200", "x"),
    ("100", "']/zone | //badge[@number='200' and '1'='1"),
    ("200' and @pin > 9000 and '1'='1' or '", "x"),
    ("100", "x' or string-length(../badge[2]/@pin)=4 or 'x'='y"),
    ("$number", "$pin"),
    ("//badge[2]/@number", "//badge[2]/@pin"),
    ("'", '"'),
]


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)(BADGES, *(text for pair in [*BENIGN, *WRONG, *ATTACKS, ("300", "it's")] for text in pair)).said


@pytest.mark.parametrize("pair", BENIGN)
def test_functional_zones(said, pair):
    assert said["/".join(pair)] == BENIGN[pair]


@pytest.mark.parametrize("pair", WRONG)
def test_functional_wrong_pin_or_unknown_badge(said, pair):
    assert said["/".join(pair)] == []


@pytest.mark.parametrize("pair", ATTACKS)
def test_security_nothing_opens(said, pair):
    assert said["/".join(pair)] == []


def test_security_quote_is_an_ordinary_character(said):
    assert said["300/it's"] == ["garage"]
