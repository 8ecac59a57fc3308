"""A badge opens its zones with its PIN only; no number or PIN turns the expression into another one."""

import json

import pytest

DRIVER = r"""
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

    static void show(String name, java.util.concurrent.Callable<?> call) {
        Object value;
        try {
            value = call.call();
        } catch (Throwable error) {
            value = "!" + error.getClass().getSimpleName();
        }
        System.out.println(name + "\t" + json(value));
    }

    static String json(Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) return String.valueOf(value);
        if (value instanceof java.util.Collection<?> all)
            return "[" + String.join(",", all.stream().map(one -> json(one)).toList()) + "]";
        StringBuilder text = new StringBuilder("\"");
        for (char c : value.toString().toCharArray())
            text.append(c < 32 || c > 126 || c == '"' || c == '\\' ? String.format("\\u%04x", (int) c) : "" + c);
        return text.append('"').toString();
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
    ran = java(DRIVER)(BADGES, *(text for pair in [*BENIGN, *WRONG, *ATTACKS, ("300", "it's")] for text in pair))
    lines = [line.split("\t", 1) for line in ran.out.decode().splitlines() if "\t" in line]
    return {name: json.loads(value) for name, value in lines}


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
