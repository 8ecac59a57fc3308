import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

public final class ApiKeyFilter extends Filter {
    private static final Set<String> PUBLIC = Set.of("/health", "/manual/");
    private final byte[] key;

    public ApiKeyFilter(String key) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        String given = exchange.getRequestHeaders().getFirst("X-Api-Key");
        boolean known = given != null && MessageDigest.isEqual(key, given.getBytes(StandardCharsets.UTF_8));
        // The context says which handler will run; the path's text is the client's choice.
        if (known || PUBLIC.contains(exchange.getHttpContext().getPath())) {
            chain.doFilter(exchange);
        } else {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        }
    }

    @Override
    public String description() {
        return "asks for the API key";
    }
}
