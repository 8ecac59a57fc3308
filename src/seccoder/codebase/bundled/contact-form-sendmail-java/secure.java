import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

public final class ContactMail {
    private ContactMail() {}

    public static void confirm(String address, String message) throws IOException, InterruptedException {
        if (address.isBlank() || address.chars().anyMatch(c -> c <= ' ' || c == ',')) {
            throw new IllegalArgumentException("exactly one address, please");
        }
        // After "--" sendmail takes everything as a recipient, even what begins with a dash.
        Process sendmail = new ProcessBuilder("sendmail", "-i", "-f", "noreply@shop.example", "--", address)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
        try (OutputStream input = sendmail.getOutputStream()) {
            input.write(message.getBytes(StandardCharsets.UTF_8));
        }
        if (sendmail.waitFor() != 0) {
            throw new IOException("sendmail did not take the message");
        }
    }
}
