import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;

public final class Cors {
    private Cors() {}

    private static boolean ours(String origin) {
        try {
            URI uri = new URI(origin);
            String host = uri.getHost();
            // The dot belongs to the comparison: evilcalendar.example ends with our name, too.
            boolean named = host != null && (host.equals("calendar.example") || host.endsWith(".calendar.example"));
            return named && origin.equals("https://" + host);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    public static Map<String, String> headers(String origin) {
        if (origin == null || !ours(origin)) {
            return Map.of("Vary", "Origin");
        }
        return Map.of("Vary", "Origin", "Access-Control-Allow-Origin", origin, "Access-Control-Allow-Credentials", "true");
    }
}
