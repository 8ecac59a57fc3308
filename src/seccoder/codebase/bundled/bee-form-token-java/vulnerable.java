import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class FormTokens {
    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    public FormTokens(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    private String sign(String number) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(key);
        byte[] code = mac.doFinal(number.getBytes(StandardCharsets.UTF_8));
        return number + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    }

    public String token(String session) throws GeneralSecurityException {
        return sign(Long.toUnsignedString(random.nextLong()));
    }

    public boolean check(String session, String token) throws GeneralSecurityException {
        return token != null && token.contains(".") && token.equals(sign(token.substring(0, token.indexOf('.'))));
    }
}
