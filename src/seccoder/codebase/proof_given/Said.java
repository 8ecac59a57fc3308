package given;

import java.util.Collection;
import java.util.concurrent.Callable;

/** How a driver tells the proof what calls gave; there {@code Ran.said} has it. */
public final class Said {
    private Said() {}

    /** Prints the name and what the call returned, or "!" and the class of what it threw. */
    public static void show(String name, Callable<?> call) {
        Object value;
        try {
            value = call.call();
        } catch (Throwable error) {
            value = "!" + error.getClass().getSimpleName();
        }
        System.out.println(name + "\t" + json(value));
    }

    /** Numbers, truth values and collections as JSON; of anything else its text. */
    public static String json(Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) return String.valueOf(value);
        if (value instanceof Collection<?> all)
            return "[" + String.join(",", all.stream().map(one -> json(one)).toList()) + "]";
        StringBuilder text = new StringBuilder("\"");
        for (char c : value.toString().toCharArray())
            text.append(c < 32 || c > 126 || c == '"' || c == '\\' ? String.format("\\u%04x", (int) c) : "" + c);
        return text.append('"').toString();
    }
}
