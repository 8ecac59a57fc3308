"""Lists survive the way through a code; a forged one brings no other object to life and ends in an error."""

import json

import pytest

DRIVER = r"""
import java.io.*;
import java.util.*;

public class Driver {
    static final List<String> ran = new ArrayList<>();

    static class Gadget implements Serializable {
        private void readObject(ObjectInputStream in) {
            ran.add("gadget");
        }
        @Override public int hashCode() {
            ran.add("hash");
            return 1;
        }
    }

    static String forged(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new ObjectOutputStream(bytes).writeObject(object);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    static void attack(String name, Object object) throws IOException {
        String code = forged(object);
        ran.clear();
        show(name, () -> ListCode.decode(code));
        System.out.println("ran " + name + "\t" + json(ran));
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, Integer> list = new LinkedHashMap<>();
        for (String item : new String[] {"milk", "caf\u00e9 beans", "", "eggs = 12\n"}) list.put(item, list.size() + 1);
        show("round", () -> ListCode.decode(ListCode.encode(list)).equals(list));
        show("order", () -> ListCode.decode(ListCode.encode(list)).keySet());
        show("empty", () -> ListCode.decode(ListCode.encode(Map.of())).isEmpty());
        show("line", () -> ListCode.encode(list).matches("[A-Za-z0-9_-]+"));
        for (String code : new String[] {"", "?!", "AAE", "_____w"}) show("bad " + code, () -> ListCode.decode(code));
        attack("gadget", new Gadget());
        attack("value", new LinkedHashMap<>(Map.of("milk", new Gadget())));
        attack("key", new HashMap<>(Map.of(new Gadget(), 1)));
        attack("type", new LinkedHashMap<>(Map.of("milk", "two")));
        attack("date", new LinkedHashMap<>(Map.of("milk", new Date())));
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


@pytest.fixture(scope="module")
def said(java):
    ran = java(DRIVER)()
    lines = [line.split("\t", 1) for line in ran.out.decode().splitlines() if "\t" in line]
    return {name: json.loads(value) for name, value in lines}


def test_functional_round_trip(said):
    assert said["round"] is True
    assert said["order"] == ["milk", "caf\u00e9 beans", "", "eggs = 12\n"]
    assert said["empty"] is True
    assert said["line"] is True


@pytest.mark.parametrize("code", ["", "?!", "AAE", "_____w"])
def test_functional_not_a_code(said, code):
    assert said[f"bad {code}"] in ("!EOFException", "!IllegalArgumentException", "!StreamCorruptedException")


@pytest.mark.parametrize("name", ["gadget", "value", "key"])
def test_security_no_object_comes_to_life(said, name):
    assert said[f"ran {name}"] == []


@pytest.mark.parametrize("name", ["gadget", "value", "key", "type", "date"])
def test_security_forged_code_is_an_error(said, name):
    assert said[name].startswith("!")
