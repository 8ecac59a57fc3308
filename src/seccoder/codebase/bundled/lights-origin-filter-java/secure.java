import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Set;

public final class SameOriginFilter extends Filter {
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private final String origin;

    /** The origin is that of our page as browsers write it, such as "https://home.example". */
    public SameOriginFilter(String origin) {
        this.origin = origin;
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
        if (!READING.contains(exchange.getRequestMethod())) {
            List<String> sent = exchange.getRequestHeaders().get("Origin");
            // Exactly ours and exactly once; a missing one is no excuse, since browsers add it to every POST.
            if (!List.of(origin).equals(sent)) {
                exchange.sendResponseHeaders(403, -1);
                exchange.close();
                return;
            }
        }
        chain.doFilter(exchange);
    }

    @Override
    public String description() {
        return "rejects requests that come from other sites";
    }
}
