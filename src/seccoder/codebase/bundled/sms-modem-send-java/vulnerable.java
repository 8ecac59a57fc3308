import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

public final class SmsModem {
    private static final char CTRL_Z = 0x1a;
    private final InputStream in;
    private final OutputStream out;

    public SmsModem(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** Sends one message of up to 160 characters; IllegalArgumentException, and nothing sent, if it cannot be one. */
    public void send(String number, String text) throws IOException {
        if (!number.matches("\\+?[0-9]{3,15}") || text.length() > 160) {
            throw new IllegalArgumentException("number or text cannot be sent");
        }
        write("AT+CMGS=\"" + number + "\"\r");
        await("> ");
        write(text + CTRL_Z);
        await("\r\nOK\r\n");
    }

    private void write(String data) throws IOException {
        out.write(data.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private void await(String end) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0 || answer.append((char) next).indexOf("ERROR\r\n") >= 0) {
                throw new IOException("modem: " + answer.toString().trim());
            }
        }
    }
}
