"""The statement that reaches the driver, with its bound values, is run in SQLite; only the scanned crate may change."""

import json
import sqlite3

import pytest

DRIVER = r"""
import java.lang.reflect.Proxy;
import java.sql.*;
import java.util.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        for (int i = 0; i < arguments.length; i += 3) {
            int at = i;
            log.clear();
            CrateStore store = new CrateStore(database(null, 1));
            show("case " + i / 3, () -> List.of(store.move(arguments[at], arguments[at + 1], arguments[at + 2])));
            System.out.println("sql " + i / 3 + "\t" + log);
        }
        show("none", () -> new CrateStore(database(null, 0)).move("C-9", "A1", ""));
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

BENIGN = [("C-1", "B7", "fragile"), ("C-2", "A3", ""), ("C-404", "A3", "lost")]
ATTACKS = [
    ("C-1", "B7", "don't tilt"),
    ("C-1' OR '1'='1", "B7", ""),
    ("C-1", "B7' --", "x"),
    ("C-1", "B7", "', owner = 'mallory"),
    ("C-1", "', owner = 'mallory', shelf = 'Z9", ""),
    ("'; DELETE FROM crates; --", "B7", ""),
    ("C-1", "\\", " \\', owner = owner || 'x"),
    ("C-1", "?", "100 %s ?"),
]
START = {"C-1": ("A1", "", "ann"), "C-2": ("A2", "", "bob"), "C-3": ("A3", "", "eve")}


@pytest.fixture(scope="module")
def said(java):
    ran = java(DRIVER)(*(text for case in BENIGN + ATTACKS for text in case))
    lines = [line.split("\t", 1) for line in ran.out.decode().splitlines() if "\t" in line]
    return {name: json.loads(value) for name, value in lines}


def moved(said, case):
    number = (BENIGN + ATTACKS).index(case)
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE crates (code, shelf, remark, owner)")
    database.executemany("INSERT INTO crates VALUES (?, ?, ?, ?)", [(code, *rest) for code, rest in START.items()])
    assert said[f"case {number}"] == [True]
    for sql, bound in said[f"sql {number}"]:
        database.execute(sql, bound)
    return {code: tuple(rest) for code, *rest in database.execute("SELECT * FROM crates")}


def expected(case):
    crate, shelf, remark = case
    return {code: (shelf, remark, row[2]) if code == crate else row for code, row in START.items()}


@pytest.mark.parametrize("case", BENIGN)
def test_functional_crate_is_moved(said, case):
    assert moved(said, case) == expected(case)


def test_functional_unknown_crate(said):
    assert said["none"] is False


@pytest.mark.parametrize("case", ATTACKS)
def test_security_only_that_crate_changes_and_keeps_its_owner(said, case):
    assert moved(said, case) == expected(case)
