import java.util.Map;
import java.util.TreeMap;

public final class FormLog {
    private FormLog() {}

    public static String line(Map<String, String> form) {
        StringBuilder line = new StringBuilder("form");
        for (Map.Entry<String, String> field : new TreeMap<>(form).entrySet()) {
            String value = field.getValue();
            boolean hidden = field.getKey().equals("password");
            line.append(' ').append(field.getKey().replaceAll("[^\\w-]", "?")).append('=');
            line.append(hidden ? "<" + value.length() + " characters>" : value);
        }
        return line.toString();
    }
}
