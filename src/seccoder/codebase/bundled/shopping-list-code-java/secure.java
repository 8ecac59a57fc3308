import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

public final class ListCode {
    private ListCode() {}

    public static String encode(Map<String, Integer> list) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(list.size());
        for (Map.Entry<String, Integer> item : list.entrySet()) {
            out.writeUTF(item.getKey());
            out.writeInt(item.getValue());
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /** Throws IOException or IllegalArgumentException if the text is no code of a list. */
    public static Map<String, Integer> decode(String code) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(Base64.getUrlDecoder().decode(code)));
        Map<String, Integer> list = new LinkedHashMap<>();
        // A text and a number per item are all that a code can express, not objects of a class that it names.
        for (int items = in.readUnsignedShort(); items > 0; items--) {
            list.put(in.readUTF(), in.readInt());
        }
        return list;
    }
}
