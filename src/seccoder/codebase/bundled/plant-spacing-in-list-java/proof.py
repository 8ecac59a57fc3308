"""The statement that reaches the driver is run in SQLite: it finds the plants that were named and nothing else."""

import json
import sqlite3

import pytest

DRIVER = r"""
import java.lang.reflect.Proxy;
import java.sql.*;
import java.util.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        for (String joined : arguments) {
            log.clear();
            List<String> names = joined.isEmpty() ? List.of() : List.of(joined.split("[|]"));
            Connection database = database(Map.of("name", "Leek", "spacing", 15), 0);
            show("said " + joined, () -> PlantCatalogue.spacing(database, names));
            System.out.println("sql " + joined + "\t" + log);
        }
    }

    static final List<String> log = new ArrayList<>();

    static Connection database(Map<String, Object> row, int updated) {
        return stub(Connection.class, (method, arguments) ->
            method.equals("prepareStatement") ? statement((String) arguments[0], row, updated)
                : method.equals("createStatement") ? statement(null, row, updated) : null);
    }

    static PreparedStatement statement(String prepared, Map<String, Object> row, int updated) {
        Map<Integer, Object> bound = new TreeMap<>();
        boolean[] more = {row != null};
        ResultSet rows = stub(ResultSet.class, (method, arguments) -> {
            if (method.equals("next")) return more[0] && !(more[0] = false);
            return method.startsWith("get") ? row.get(arguments[0]) : null;
        });
        return stub(PreparedStatement.class, (method, arguments) -> {
            if (method.startsWith("set") && arguments.length == 2) bound.put((Integer) arguments[0], arguments[1]);
            if (!method.startsWith("execute")) return null;
            log.add(json(List.of(arguments == null ? prepared : arguments[0], bound.values())));
            return method.equals("executeQuery") ? rows : (Object) updated;
        });
    }

    interface Answer { Object to(String method, Object[] arguments); }

    static <T> T stub(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
            (self, method, arguments) -> answer.to(method.getName(), arguments)));
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

PLANTS = {"Leek": 15, "Kale": 45, "Pumpkin": 150, "St John's wort": 40}
BENIGN = [["Leek"], ["Leek", "Kale"], ["Pumpkin", "Leek", "Kale"], ["Rhubarb"]]
ATTACKS = [
    ["St John's wort"],
    ["Leek", "') OR 1=1 --"],
    ["x') UNION SELECT account, 1 FROM gardeners --"],
    ["x\\') UNION SELECT account, 1 FROM gardeners --"],
    ["\\", ") OR 1=1 --"],
    ["'", "'"],
    ["?"],
]


@pytest.fixture(scope="module")
def said(java):
    ran = java(DRIVER)("", *("|".join(names) for names in BENIGN + ATTACKS))
    lines = [line.split("\t", 1) for line in ran.out.decode().splitlines() if "\t" in line]
    return {name: json.loads(value) for name, value in lines}


def found(said, names):
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE plants (name, spacing)")
    database.execute("CREATE TABLE gardeners (account)")
    database.execute("INSERT INTO gardeners VALUES ('DE00 1234')")
    database.executemany("INSERT INTO plants VALUES (?, ?)", PLANTS.items())
    [(sql, bound)] = said["sql " + "|".join(names)]
    return dict(database.execute(sql, bound).fetchall())


@pytest.mark.parametrize("names", BENIGN)
def test_functional_named_plants(said, names):
    assert said["said " + "|".join(names)] == "{Leek=15}"
    assert found(said, names) == {name: PLANTS[name] for name in names if name in PLANTS}


def test_functional_no_names(said):
    assert (said["said "], said["sql "]) == ("{}", [])


@pytest.mark.parametrize("names", ATTACKS)
def test_security_nothing_but_the_named_plants(said, names):
    assert found(said, names) == {name: PLANTS[name] for name in names if name in PLANTS}
