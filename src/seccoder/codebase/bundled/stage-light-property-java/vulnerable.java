import java.lang.reflect.Method;
import java.util.Map;

public final class LampChanges {
    private LampChanges() {}

    public static void apply(Lamp lamp, Map<String, String> changes) {
        changes.forEach((name, value) -> {
            try {
                String setter = "set" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
                Method method = lamp.getClass().getMethod(setter, String.class);
                method.invoke(lamp, value);
            } catch (ReflectiveOperationException | StringIndexOutOfBoundsException e) {
                throw new IllegalArgumentException("no such property: " + name, e);
            }
        });
    }
}
