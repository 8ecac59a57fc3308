import java.util.List;
import java.util.Objects;

public final class Display {
    public record Leg(String destination, Integer delay) {}

    public record Flight(String number, String gate, List<Leg> legs) {}

    private Display() {}

    public static String line(Flight flight) {
        Leg last = flight.legs().get(flight.legs().size() - 1);
        String delay = last.delay() > 0 ? "+" + last.delay() : "on time";
        return String.join(" ", flight.number(), last.destination(), Objects.requireNonNullElse(flight.gate(), "-"), delay);
    }
}
