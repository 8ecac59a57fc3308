import java.util.Locale;
import java.util.Map;

public final class ConstantsWriter {
    private ConstantsWriter() {}

    private static String literal(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                // The backslash first of all: it would take the one away that stands before a quote.
                case '\\' -> out.append("\\\\");
                case '"' -> out.append("\\\"");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                default -> out.append(c);
            }
        }
        return out.append('"').toString();
    }

    public static String constants(Map<String, String> texts) {
        StringBuilder source = new StringBuilder();
        texts.forEach((key, text) -> {
            if (!key.matches("[A-Za-z][A-Za-z0-9_]*")) {
                throw new IllegalArgumentException("no key: " + key);
            }
            source.append("public static final String ").append(key.toUpperCase(Locale.ROOT)).append(" = ")
                .append(literal(text)).append(";\n");
        });
        return source.toString();
    }
}
