import java.util.Map;
import java.util.function.BiConsumer;

public final class LampChanges {
    private static final Map<String, BiConsumer<Lamp, String>> SETTERS = Map.of(
        "brightness", Lamp::setBrightness,
        "colour", Lamp::setColour);

    private LampChanges() {}

    public static void apply(Lamp lamp, Map<String, String> changes) {
        // All names first, so that nothing is half done; what is not in the map does not exist for operators.
        if (!SETTERS.keySet().containsAll(changes.keySet())) {
            throw new IllegalArgumentException("operators may set " + SETTERS.keySet());
        }
        changes.forEach((name, value) -> SETTERS.get(name).accept(lamp, value));
    }
}
