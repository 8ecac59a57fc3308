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
            if (c < ' ' || c == '"' || c == '\\') {
                literal.append(String.format("\\u%04x", (int) c));
            } else {
                literal.append(c);
            }
        }
        return literal.append('"').toString();
    }
}
