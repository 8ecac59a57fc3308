"""The statement that reaches the driver is run in SQLite; an order that is none of the three never gets that far."""

import json
import sqlite3

import pytest

DRIVER = r"""
import java.lang.reflect.Proxy;
import java.sql.*;
import java.util.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        for (String order : arguments) {
            log.clear();
            show("said " + order, () -> LotList.unsold(database(Map.of("title", "Clock"), 0), 7, order));
            System.out.println("sql " + order + "\t" + log);
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

ORDERS = {
    "title": ["Clock", "Lamp", "Vase"],
    "-title": ["Vase", "Lamp", "Clock"],
    "estimate": ["Vase", "Clock", "Lamp"],
    "-closes": ["Lamp", "Vase", "Clock"],
}
ATTACKS = [
    "reserve",  # a column that bidders must not be able to sort by
    "-reserve",
    "TITLE, reserve",
    "1",
    "title LIMIT 1",
    "title DESC",
    "(SELECT reserve FROM lots AS other WHERE other.id = lots.id)",
    "CASE WHEN (SELECT count(*) FROM bidders WHERE name LIKE char(97) || char(37)) > 0 THEN title ELSE estimate END",
    "title/**/",
    " title",
    "--title",
    "$1",
    "name",
]


@pytest.fixture(scope="module")
def said(java):
    ran = java(DRIVER)(*ORDERS, "nothing", "", *ATTACKS)
    lines = [line.split("\t", 1) for line in ran.out.decode().splitlines() if "\t" in line]
    return {name: json.loads(value) for name, value in lines}


@pytest.mark.parametrize("order", ORDERS)
def test_functional_order(said, order):
    assert said[f"said {order}"] == ["Clock"]
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE lots (id, auction, title, estimate, closes, reserve, buyer)")
    lots = [(1, 7, "Lamp", 90, 30, 5, None), (2, 7, "Vase", 10, 20, 8, None), (3, 7, "Clock", 50, 10, 1, None)]
    others = [(4, 7, "Chair", 1, 1, 1, "eve"), (5, 8, "Table", 1, 1, 1, None)]
    database.executemany("INSERT INTO lots VALUES (?, ?, ?, ?, ?, ?, ?)", lots + others)
    [(sql, bound)] = said[f"sql {order}"]
    assert [title for (title,) in database.execute(sql, bound)] == ORDERS[order]


def test_functional_no_order(said):
    assert said["said "] == "!IllegalArgumentException"


@pytest.mark.parametrize("order", ATTACKS)
def test_security_anything_else_is_refused_before_the_database(said, order):
    assert said[f"said {order}"] == "!IllegalArgumentException"
    assert said[f"sql {order}"] == []
