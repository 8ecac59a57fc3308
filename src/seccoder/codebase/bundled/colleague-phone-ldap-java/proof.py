"""The filter that reaches the directory, with its values as JNDI escapes them, is evaluated over a small directory."""

import re

import pytest

DRIVER = r"""
import static given.Said.*;

import java.lang.reflect.Proxy;
import java.util.*;
import javax.naming.NamingEnumeration;
import javax.naming.directory.*;

public class Driver {
    static Object asked;

    static <T> T stub(Class<T> type, java.util.function.BiFunction<String, Object[], Object> answer) {
        return type.cast(Proxy.newProxyInstance(Driver.class.getClassLoader(), new Class<?>[] {type},
            (self, method, arguments) -> answer.apply(method.getName(), arguments)));
    }

    static Object search(Object[] arguments) {
        List<Object> values = arguments[2] instanceof Object[] given ? List.of(given) : List.of();
        asked = List.of(arguments[0], arguments[1], values);
        Iterator<SearchResult> found = List.of(
            new SearchResult("cn=a", null, new BasicAttributes("telephoneNumber", "101")),
            new SearchResult("cn=b", null, new BasicAttributes("mail", "b@corp.example"))).iterator();
        return stub(NamingEnumeration.class, (name, none) -> switch (name) {
            case "hasMore", "hasMoreElements" -> found.hasNext();
            case "next", "nextElement" -> found.next();
            default -> null;
        });
    }

    public static void main(String[] arguments) throws Exception {
        DirContext directory = stub(DirContext.class, (name, given) -> name.equals("search") ? search(given) : null);
        for (String surname : arguments) {
            asked = List.of();
            show(surname, () -> PhoneBook.numbers(directory, surname));
            System.out.println("asked " + surname + "\t" + json(asked));
        }
    }
}
"""
PEOPLE = [
    {"objectclass": "person", "sn": "Lee", "cn": "ann", "hidden": "FALSE", "salary": "4000"},
    {"objectclass": "person", "sn": "Lee", "cn": "boss", "hidden": "TRUE", "salary": "9000"},
    {"objectclass": "person", "sn": "O'Hara", "cn": "kim", "hidden": "FALSE", "salary": "4100"},
    {"objectclass": "person", "sn": "Mueller (Ext)", "cn": "max", "hidden": "FALSE", "salary": "3000"},
    {"objectclass": "person", "sn": "Star*", "cn": "sue", "hidden": "FALSE", "salary": "3500"},
    {"objectclass": "person", "sn": "Stark", "cn": "tom", "hidden": "FALSE", "salary": "3600"},
    {"objectclass": "printer", "sn": "Lee", "cn": "printer", "hidden": "FALSE"},
]
ATTACKS = {
    "*": [],
    "L*": [],
    "Lee)(hidden=TRUE": [],
    "x)(|(sn=*": [],
    "x))(|(sn=*": [],
    "Lee)(salary>=8000": [],
    "Lee)(cn=b*": [],
    "x)(!(sn=y)": [],
    "\\2a": [],
    "\\": [],
    "{0}": [],
    "Star*": ["sue"],
    "Mueller (Ext)": ["max"],
}


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)("Lee", "O'Hara", "Nobody", *ATTACKS).said


def parse(text, at=0):
    """The predicate at this place of an RFC 4515 filter and where it ends."""
    assert text[at : at + 1] == "("
    if text[at + 1] in "&|!":
        kind, parts, at = text[at + 1], [], at + 2
        while text[at] == "(":
            part, at = parse(text, at)
            parts.append(part)
        assert text[at] == ")"
        combine = {"&": all, "|": any, "!": lambda values: not next(iter(values))}[kind]
        return (lambda entry: combine(part(entry) for part in parts)), at + 1
    end = text.index(")", at)
    name, comparison, value = re.fullmatch(r"(\w+)(=|>=|<=)([^()]*)", text[at + 1 : end]).groups()
    pieces = [re.sub(r"\\([0-9a-f]{2})", lambda code: chr(int(code[1], 16)), piece) for piece in value.split("*")]

    def matches(entry):
        has = entry.get(name.lower())
        if has is None or comparison != "=":
            return has is not None and (has >= value if comparison == ">=" else has <= value)
        return re.fullmatch(".*".join(map(re.escape, pieces)), has, re.IGNORECASE) is not None

    return matches, end + 1


def found(said, surname):
    base, search, values = said[f"asked {surname}"]
    for number, value in enumerate(values):
        escaped = "".join(f"\\{ord(c):02x}" if c in "\\*()\0" else c for c in value)
        search = search.replace(f"{{{number}}}", escaped)
    predicate, end = parse(search)
    assert (base, end) == ("ou=people", len(search))
    return [person["cn"] for person in PEOPLE if predicate(person)]


@pytest.mark.parametrize(("surname", "people"), [("Lee", ["ann"]), ("O'Hara", ["kim"]), ("Nobody", [])])
def test_functional_people_of_that_name(said, surname, people):
    assert found(said, surname) == people


def test_functional_numbers(said):
    assert said["Lee"] == ["101"]


@pytest.mark.parametrize("surname", ATTACKS)
def test_security_surname_is_only_a_value(said, surname):
    assert found(said, surname) == ATTACKS[surname]
