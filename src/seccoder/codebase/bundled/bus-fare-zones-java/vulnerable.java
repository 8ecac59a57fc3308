import java.util.Map;
import java.util.OptionalInt;

public final class Fares {
    private Fares() {}

    public static OptionalInt fare(Map<String, Integer> zonesByStop, String from, String to) {
        int first = zonesByStop.get(from);
        int last = zonesByStop.get(to);
        if (first < 0 || last < 0) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(240 + 90 * Math.abs(first - last));
    }
}
