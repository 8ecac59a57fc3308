import java.util.Map;
import java.util.stream.Collectors;

public final class SeatMap {
    private SeatMap() {}

    /** Returns a script element that defines `reserved`, an object from seat to guest. */
    public static String script(Map<String, String> guests) {
        return guests.entrySet().stream()
            .map(seat -> literal(seat.getKey()) + ":" + literal(seat.getValue()))
            .collect(Collectors.joining(",", "<script>const reserved = {", "};</script>"));
    }

    private static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            // The HTML parser looks for "</script" and "<!--" even inside strings; \u2028 ends a line in old engines.
            if (c < ' ' || "\"\\<>&\u2028\u2029".indexOf(c) >= 0) {
                literal.append(String.format("\\u%04x", (int) c));
            } else {
                literal.append(c);
            }
        }
        return literal.append('"').toString();
    }
}
