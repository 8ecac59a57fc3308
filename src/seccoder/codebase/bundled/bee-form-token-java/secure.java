import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class FormTokens {
    private final SecretKeySpec key;

    public FormTokens(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    public String token(String session) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        // Bound to the session: a token of somebody else's session is worth nothing here.
        byte[] code = mac.doFinal(("form\0" + session).getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    }

    public boolean check(String session, String token) throws GeneralSecurityException {
        return token != null && MessageDigest.isEqual(
            token(session).getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }
}
