"""Saved games load; no other class is brought to life by a file, be it on top, among the moves or in a proxy."""

import pytest

DRIVER = r"""
import static given.Said.*;

import java.io.*;
import java.lang.reflect.Proxy;
import java.time.LocalDate;
import java.util.*;

public class Driver {
    static final List<String> ran = new ArrayList<>();

    static class Gadget implements Serializable, java.lang.reflect.InvocationHandler {
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            ran.add("gadget");
        }
        public Object invoke(Object self, java.lang.reflect.Method method, Object[] arguments) { return null; }
    }

    static class Resolved implements Serializable {
        private Object readResolve() {
            ran.add("resolved");
            return new SavedGame("x", "y", new ArrayList<>(), null);
        }
    }

    @SuppressWarnings("unchecked")
    static SavedGame with(Object... moves) {
        return new SavedGame("Ann", "Bob", (ArrayList<String>) (ArrayList<?>) new ArrayList<>(Arrays.asList(moves)),
            LocalDate.of(2024, 2, 29));
    }

    static Object deep() {
        Object inner = "e4";
        for (int i = 0; i < 200; i++) inner = new ArrayList<>(List.of(inner));
        return inner;
    }

    static void load(String name, Object saved) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        new ObjectOutputStream(file).writeObject(saved);
        ran.clear();
        show(name, () -> {
            SavedGame game = SavedGame.load(new ByteArrayInputStream(file.toByteArray()));
            return List.of(game.white, game.black, String.valueOf(game.started), game.moves.size());
        });
        System.out.println("ran " + name + "\t" + json(ran));
    }

    public static void main(String[] arguments) throws Exception {
        load("short", with("e4", "e5"));
        load("long", with((Object[]) "Nf3 ".repeat(600).split(" ")));
        load("other", new ArrayList<>(List.of("e4")));
        load("gadget", new Gadget());
        load("moves", with("e4", new Gadget()));
        load("array", with("e4", new Object[] {new Gadget()}));
        load("map", with(new HashMap<>(Map.of("e4", new Gadget()))));
        load("proxy", with(Proxy.newProxyInstance(Driver.class.getClassLoader(),
            new Class<?>[] {Comparable.class}, new Gadget())));
        load("resolved", new Resolved());
        load("deep", with(deep()));
        load("wide", with(new ArrayList<>(Collections.nCopies(50000, "e4"))));
    }
}
"""

ATTACKS = ["gadget", "moves", "array", "map", "proxy", "resolved"]


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)().said


def test_functional_games_load(said):
    assert said["short"] == ["Ann", "Bob", "2024-02-29", 2]
    assert said["long"] == ["Ann", "Bob", "2024-02-29", 600]


def test_functional_something_else_is_an_exception(said):
    assert said["other"] in ("!InvalidClassException", "!ClassCastException")


@pytest.mark.parametrize("name", ATTACKS)
def test_security_no_code_of_another_class_runs(said, name):
    assert said[f"ran {name}"] == []
    assert said[name] == "!InvalidClassException"


@pytest.mark.parametrize("name", ["deep", "wide"])
def test_security_limits(said, name):
    assert said[name] == "!InvalidClassException"
