"""What a member may not change stays, whatever the body says. Jackson is stood in for: flat JSON, fields and records."""

from pathlib import Path

import pytest

ERROR = """
package com.fasterxml.jackson.core;

public class JsonProcessingException extends java.io.IOException {
    public JsonProcessingException(String message) { super(message); }
}
"""
READER = """
package com.fasterxml.jackson.databind;

import com.fasterxml.jackson.core.JsonProcessingException;

public class ObjectReader {
    private final Object value;
    ObjectReader(Object value) { this.value = value; }

    @SuppressWarnings("unchecked")
    public <T> T readValue(String json) throws JsonProcessingException {
        for (var entry : ObjectMapper.parse(json).entrySet()) {
            try {
                var field = value.getClass().getField(entry.getKey());
                field.set(value, ObjectMapper.fit(entry.getValue(), field.getType()));
            } catch (ReflectiveOperationException error) {
                throw new JsonProcessingException("Unrecognized field " + entry.getKey());
            }
        }
        return (T) value;
    }
}
"""
MAPPER = r"""
package com.fasterxml.jackson.databind;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.*;
import java.util.regex.*;

public class ObjectMapper {
    static final Pattern MEMBER = Pattern.compile(
        "\\s*\"(\\w+)\"\\s*:\\s*(?:\"([^\"\\\\]*)\"|(-?\\d+)|(true|false)|(null))\\s*(,(?=\\s*\")|(?=\\}))");

    public ObjectReader readerForUpdating(Object value) { return new ObjectReader(value); }

    public <T> T readValue(String json, Class<T> type) throws JsonProcessingException {
        var given = parse(json);
        try {
            if (!type.isRecord())
                return new ObjectReader(type.getDeclaredConstructor().newInstance()).readValue(json);
            var parts = type.getRecordComponents();
            var values = new Object[parts.length];
            var types = new Class<?>[parts.length];
            for (int i = 0; i < parts.length; i++) {
                types[i] = parts[i].getType();
                values[i] = fit(given.remove(parts[i].getName()), types[i]);
            }
            if (!given.isEmpty()) throw new JsonProcessingException("Unrecognized field " + given.keySet());
            var made = type.getDeclaredConstructor(types);
            made.setAccessible(true);
            return made.newInstance(values);
        } catch (ReflectiveOperationException error) {
            throw new JsonProcessingException(error.toString());
        }
    }

    static Map<String, Object> parse(String json) throws JsonProcessingException {
        String text = json.strip();
        var found = new LinkedHashMap<String, Object>();
        if (!text.startsWith("{") || !text.endsWith("}")) throw new JsonProcessingException("no object");
        int at = 1;
        for (var each = MEMBER.matcher(text); each.find(at) && each.start() == at; at = each.end())
            found.put(each.group(1), value(each));
        if (!text.substring(at).strip().equals("}")) throw new JsonProcessingException("Unexpected character");
        return found;
    }

    static Object value(Matcher each) {
        if (each.group(2) != null) return each.group(2);
        if (each.group(3) != null) return Integer.valueOf(each.group(3));
        return each.group(4) == null ? null : Boolean.valueOf(each.group(4));
    }

    static Object fit(Object value, Class<?> type) throws JsonProcessingException {
        if (type == String.class && value != null) return value.toString();
        boolean fits = value == null ? !type.isPrimitive()
            : type == int.class ? value instanceof Integer : type == boolean.class && value instanceof Boolean;
        if (!fits) throw new JsonProcessingException("Cannot deserialize value of type " + type);
        return value;
    }
}
"""
DRIVER = r"""
import static given.Said.show;

import java.util.List;

public class Driver {
    public static void main(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String body = arguments[i];
            var member = new Members.Member();
            member.phone = "0471";
            member.crops = "leek";
            member.plot = 12;
            show("answer " + i, () -> Members.change(member, body) == member);
            show("left " + i, () -> List.of(member.phone, member.crops, member.plot, member.board));
        }
    }
}
"""
WRONG = "!JsonProcessingException"
BENIGN = {
    '{"phone": "0472"}': [True, ["0472", "leek", 12, False]],
    '{"crops": "kale, beans"}': [True, ["0471", "kale, beans", 12, False]],
    ' {"crops":"kale" , "phone":""} ': [True, ["", "kale", 12, False]],
    "{}": [True, ["0471", "leek", 12, False]],
    '{"phone": "0472"': [WRONG, ["0471", "leek", 12, False]],
    "[]": [WRONG, ["0471", "leek", 12, False]],
    "": [WRONG, ["0471", "leek", 12, False]],
}
ATTACKS = ['{"board": true}', '{"plot": 1}', '{"phone": "0472", "plot": 1, "board": true}', '{"board": true, "x": 1}']
BODIES = [*BENIGN, *ATTACKS]


@pytest.fixture(scope="module")
def said(java):
    package = Path("com/fasterxml/jackson")
    (package / "core").mkdir(parents=True)
    (package / "databind").mkdir()
    (package / "core/JsonProcessingException.java").write_text(ERROR)
    (package / "databind/ObjectReader.java").write_text(READER)
    (package / "databind/ObjectMapper.java").write_text(MAPPER)
    told = java(DRIVER)(*BODIES).said
    return {body: [told[f"answer {i}"], told[f"left {i}"]] for i, body in enumerate(BODIES)}


@pytest.mark.parametrize("body", BENIGN)
def test_functional_changes(said, body):
    assert said[body] == BENIGN[body]


@pytest.mark.parametrize("body", ATTACKS)
def test_security_plot_and_board_stay(said, body):
    assert said[body][1][2:] == [12, False]
