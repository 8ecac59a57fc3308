import java.util.Map;
import java.util.OptionalInt;

public final class Fares {
    private Fares() {}

    public static OptionalInt fare(Map<String, Integer> zonesByStop, String from, String to) {
        Integer first = zonesByStop.get(from);
        Integer last = zonesByStop.get(to);
        // Still objects: what passengers typed may be no stop at all.
        if (first == null || last == null) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(240 + 90 * Math.abs(first - last));
    }
}
