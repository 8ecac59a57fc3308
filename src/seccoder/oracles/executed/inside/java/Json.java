package seccoder;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the plan and writes the report: as much of JSON as these two need. */
final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static Object read(String text) {
        return new Json(text).value();
    }

    static String write(Object value) {
        StringBuilder out = new StringBuilder();
        put(out, value);
        return out.toString();
    }

    static String encoded(byte[] data) {
        return Base64.getEncoder().encodeToString(data);
    }

    private Object value() {
        blanks();
        switch (text.charAt(at)) {
            case '{': {
                Map<String, Object> found = new LinkedHashMap<>();
                for (at++, blanks(); text.charAt(at) != '}'; blanks()) {
                    if (text.charAt(at) == ',') {
                        at++;
                        blanks();
                    }
                    String name = string();
                    blanks();
                    at++;
                    found.put(name, value());
                }
                at++;
                return found;
            }
            case '[': {
                List<Object> found = new ArrayList<>();
                for (at++, blanks(); text.charAt(at) != ']'; blanks()) {
                    if (text.charAt(at) == ',') {
                        at++;
                    }
                    found.add(value());
                }
                at++;
                return found;
            }
            case '"':
                return string();
            default: {
                int begin = at;
                while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) {
                    at++;
                }
                String word = text.substring(begin, at);
                switch (word) {
                    case "true": return true;
                    case "false": return false;
                    case "null": return null;
                    default: return Double.valueOf(word);
                }
            }
        }
    }

    private String string() {
        StringBuilder found = new StringBuilder();
        for (at++; text.charAt(at) != '"'; at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                c = text.charAt(++at);
                if (c == 'u') {
                    c = (char) Integer.parseInt(text.substring(at + 1, at + 5), 16);
                    at += 4;
                } else {
                    int known = "nrtbf".indexOf(c);
                    c = known < 0 ? c : "\n\r\t\b\f".charAt(known);
                }
            }
            found.append(c);
        }
        at++;
        return found.toString();
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private static void put(StringBuilder out, Object value) {
        if (value instanceof Map) {
            String between = "{";
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                out.append(between);
                put(out, String.valueOf(entry.getKey()));
                out.append(':');
                put(out, entry.getValue());
                between = ",";
            }
            out.append(between.equals("{") ? "{}" : "}");
        } else if (value instanceof Iterable) {
            String between = "[";
            for (Object item : (Iterable<?>) value) {
                out.append(between);
                put(out, item);
                between = ",";
            }
            out.append(between.equals("[") ? "[]" : "]");
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            out.append('"');
            String given = value.toString();
            for (int index = 0; index < given.length(); index++) {
                char c = given.charAt(index);
                if (c == '"' || c == '\\') {
                    out.append('\\').append(c);
                } else if (c < 32 || c > 126) {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
            out.append('"');
        }
    }
}
