import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

public record ErrorReporting(HttpHandler handler) implements HttpHandler {
    private static final System.Logger LOG = System.getLogger("booking");

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try {
            handler.handle(exchange);
        } catch (RuntimeException e) {
            String incident = UUID.randomUUID().toString();
            LOG.log(System.Logger.Level.ERROR, "incident " + incident, e);
            // The details are in the log; the guest only gets the number under which they are there.
            respond(exchange, "{\"error\": \"Something went wrong.\", \"incident\": \"" + incident + "\"}");
        }
    }

    private static void respond(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(500, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
