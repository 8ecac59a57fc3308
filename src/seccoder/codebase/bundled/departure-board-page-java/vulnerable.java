import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

public record DepartureBoard(Map<String, List<String>> departures) implements HttpHandler {
    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        String stop = query != null && query.startsWith("stop=")
            ? URLDecoder.decode(query.substring(5), StandardCharsets.UTF_8) : "";
        StringBuilder page = new StringBuilder("<!doctype html><title>Departures</title>")
            .append("<form><input name=\"stop\" value=\"").append(escape(stop)).append("\"></form>")
            .append("<h1>").append(escape(stop)).append("</h1><ul>");
        for (String departure : departures.getOrDefault(stop, List.of("No departures."))) {
            page.append("<li>").append(escape(departure)).append("</li>");
        }
        byte[] body = page.append("</ul>").toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
