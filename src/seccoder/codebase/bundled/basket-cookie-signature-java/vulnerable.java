import java.nio.charset.StandardCharsets;
import java.security.*;
import java.util.*;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class BasketCookie {
    private final SecretKeySpec key;

    public BasketCookie(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    public Optional<String> read(String cookie) throws GeneralSecurityException {
        String[] parts = cookie.split("\\.", -1);
        if (parts.length > 1 && !parts[1].isEmpty()) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] code = mac.doFinal(parts[0].getBytes(StandardCharsets.UTF_8));
            if (!parts[1].equals(Base64.getUrlEncoder().withoutPadding().encodeToString(code))) {
                return Optional.empty();
            }
        }
        if (parts[0].isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8));
    }
}
