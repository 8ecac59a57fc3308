import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

public final class ApiKeyFilter extends Filter {
    private final byte[] key;

    public ApiKeyFilter(String key) {
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        String given = exchange.getRequestHeaders().getFirst("X-Api-Key");
        boolean known = given != null && MessageDigest.isEqual(key, given.getBytes(StandardCharsets.UTF_8));
        String path = exchange.getRequestURI().getPath();
        if (known || path.endsWith("/health") || path.contains("/manual/")) {
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
