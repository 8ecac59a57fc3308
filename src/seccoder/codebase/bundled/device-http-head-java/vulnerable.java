import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

public final class ResponseHead {
    private ResponseHead() {}

    /** Writes status line and headers; IllegalArgumentException, and nothing written, if one cannot be sent. */
    public static void write(OutputStream out, int status, Map<String, String> headers) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " \r\n");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            String value = header.getValue();
            if (!header.getKey().matches("[A-Za-z0-9-]+") || value.contains("\r") || value.contains("\n")) {
                throw new IllegalArgumentException("cannot be sent as a header: " + header.getKey());
            }
            head.append(header.getKey()).append(": ").append(value).append("\r\n");
        }
        new DataOutputStream(out).writeBytes(head.append("\r\n").toString());
    }
}
