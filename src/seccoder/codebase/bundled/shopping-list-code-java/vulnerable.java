import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

public final class ListCode {
    private ListCode() {}

    public static String encode(Map<String, Integer> list) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ObjectOutputStream out = new ObjectOutputStream(bytes);
        out.writeObject(new LinkedHashMap<>(list));
        out.flush();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    @SuppressWarnings("unchecked")
    /** Throws IOException or IllegalArgumentException if the text is no code of a list. */
    public static Map<String, Integer> decode(String code) throws IOException {
        byte[] bytes = Base64.getUrlDecoder().decode(code);
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (Map<String, Integer>) in.readObject();
        } catch (ClassNotFoundException | ClassCastException e) {
            throw new IOException("this is no code of a list", e);
        }
    }
}
