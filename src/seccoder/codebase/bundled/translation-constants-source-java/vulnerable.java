import java.util.Locale;
import java.util.Map;

public final class ConstantsWriter {
    private ConstantsWriter() {}

    public static String constants(Map<String, String> texts) {
        StringBuilder source = new StringBuilder();
        texts.forEach((key, text) -> {
            if (!key.matches("[A-Za-z][A-Za-z0-9_]*")) {
                throw new IllegalArgumentException("no key: " + key);
            }
            source.append("public static final String ").append(key.toUpperCase(Locale.ROOT)).append(" = \"")
                .append(text.replace("\"", "\\\"").replace("\n", "\\n")).append("\";\n");
        });
        return source.toString();
    }
}
