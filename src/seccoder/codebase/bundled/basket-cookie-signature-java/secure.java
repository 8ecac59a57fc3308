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
        // Text and signature, both: without one there is nothing to be verified, and so nothing that is ours.
        if (parts.length != 2) {
            return Optional.empty();
        }
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        byte[] code = mac.doFinal(parts[0].getBytes(StandardCharsets.UTF_8));
        String right = Base64.getUrlEncoder().withoutPadding().encodeToString(code);
        if (!MessageDigest.isEqual(right.getBytes(StandardCharsets.UTF_8), parts[1].getBytes(StandardCharsets.UTF_8))) {
            return Optional.empty();
        }
        return Optional.of(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8));
    }
}
