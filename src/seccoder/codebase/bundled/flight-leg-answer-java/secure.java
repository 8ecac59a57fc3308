import java.util.List;
import java.util.Objects;

public final class Display {
    public record Leg(String destination, Integer delay) {}

    public record Flight(String number, String gate, List<Leg> legs) {}

    private Display() {}

    public static String line(Flight flight) {
        if (flight == null || flight.number() == null) {
            return "-";
        }
        List<Leg> legs = Objects.requireNonNullElse(flight.legs(), List.of());
        Leg last = legs.isEmpty() ? null : legs.get(legs.size() - 1);
        // No part of a message is sure to be there: each one is looked at before it is used.
        String destination = last == null ? "-" : Objects.requireNonNullElse(last.destination(), "-");
        String delay = last == null || last.delay() == null ? "-" : last.delay() > 0 ? "+" + last.delay() : "on time";
        return String.join(" ", flight.number(), destination, Objects.requireNonNullElse(flight.gate(), "-"), delay);
    }
}
