import java.io.DataInputStream;
import java.io.IOException;
import java.net.ProtocolException;

public final class WebSocketFrames {
    private static final int MAX_PAYLOAD = 64 * 1024;

    private WebSocketFrames() {}

    /** Returns the payload of the next frame; ProtocolException if it is longer than we take. */
    public static byte[] nextPayload(DataInputStream in) throws IOException {
        in.readUnsignedByte();
        int second = in.readUnsignedByte();
        int length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = (int) in.readLong();
        }
        if (length < 0 || length > MAX_PAYLOAD) {
            throw new ProtocolException("the frame is too long");
        }
        byte[] mask = new byte[4];
        if ((second & 0x80) != 0) {
            in.readFully(mask);
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return payload;
    }
}
