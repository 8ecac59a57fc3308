import java.net.URI;

public class Partners {
    /** Tells whether an address is a page of our partner: https, and the host tours.example. */
    public static boolean isPartner(String address) {
        try {
            URI uri = new URI(address);
            return "https".equals(uri.getScheme()) && "tours.example".equalsIgnoreCase(uri.getHost());
        } catch (java.net.URISyntaxException error) {
            return false;
        }
    }
}
