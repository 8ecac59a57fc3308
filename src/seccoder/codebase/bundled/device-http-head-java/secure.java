import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

public final class ResponseHead {
    private ResponseHead() {}

    /** Writes status line and headers; IllegalArgumentException, and nothing written, if one cannot be sent. */
    public static void write(OutputStream out, int status, Map<String, String> headers) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " \r\n");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            // Printable ASCII only: no line break, and no character that an encoding could turn into one.
            if (!header.getKey().matches("[A-Za-z0-9-]+") || !header.getValue().matches("[ -~]*")) {
                throw new IllegalArgumentException("cannot be sent as a header: " + header.getKey());
            }
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    }
}
