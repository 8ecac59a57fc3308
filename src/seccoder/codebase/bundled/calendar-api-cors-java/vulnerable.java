import java.util.Map;

public final class Cors {
    private Cors() {}

    public static Map<String, String> headers(String origin) {
        if (origin == null || !origin.startsWith("https://") || !origin.contains("calendar.example")) {
            return Map.of("Vary", "Origin");
        }
        return Map.of("Vary", "Origin", "Access-Control-Allow-Origin", origin, "Access-Control-Allow-Credentials", "true");
    }
}
