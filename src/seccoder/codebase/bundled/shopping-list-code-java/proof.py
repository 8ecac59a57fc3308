"""Lists survive the way through a code; a forged one brings no other object to life and ends in an error."""

import pytest

DRIVER = r"""
import static given.Said.*;

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
}
"""


@pytest.fixture(scope="module")
def said(java):
    return java(DRIVER)().said


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
