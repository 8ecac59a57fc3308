import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

public final class FormLog {
    // What may be shown, not what must not: a field that is added later stays out by default.
    private static final Set<String> HARMLESS = Set.of("page", "language", "article", "quantity", "step");

    private FormLog() {}

    public static String line(Map<String, String> form) {
        StringBuilder line = new StringBuilder("form");
        for (Map.Entry<String, String> field : new TreeMap<>(form).entrySet()) {
            String value = field.getValue();
            boolean shown = HARMLESS.contains(field.getKey()) && value.matches("[\\w.-]{0,40}");
            line.append(' ').append(field.getKey().replaceAll("[^\\w-]", "?")).append('=');
            line.append(shown ? value : "<" + value.length() + " characters>");
        }
        return line.toString();
    }
}
