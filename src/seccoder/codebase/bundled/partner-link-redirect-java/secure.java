import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

public final class OfferLinks {
    private static final URI HOME = URI.create("https://compare.example/");
    private static final Set<String> PARTNERS = Set.of("mugs.example", "www.lamps.example", "teapots.example");

    private OfferLinks() {}

    public static URI target(String url) {
        URI target;
        try {
            target = new URI(url);
        } catch (URISyntaxException e) {
            return HOME;
        }
        // The whole host decides, as parsed; endsWith or startsWith would let others choose the rest of it.
        boolean partner = target.getHost() != null && PARTNERS.contains(target.getHost().toLowerCase(Locale.ROOT));
        boolean plain = "https".equalsIgnoreCase(target.getScheme())
            && target.getRawUserInfo() == null && target.getPort() == -1;
        return partner && plain ? target : HOME;
    }
}
