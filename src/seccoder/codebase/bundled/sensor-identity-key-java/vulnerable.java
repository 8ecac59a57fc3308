import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;

public final class SensorIdentity {
    private static final String SIGNATURE = "SHA256withRSA";
    private final KeyPair keys;

    public SensorIdentity() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        keys = generator.generateKeyPair();
    }

    public PublicKey publicKey() {
        return keys.getPublic();
    }

    public byte[] sign(byte[] reading) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(SIGNATURE);
        signature.initSign(keys.getPrivate());
        signature.update(reading);
        return signature.sign();
    }

    public static boolean verify(PublicKey sensor, byte[] reading, byte[] signed) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(SIGNATURE);
        signature.initVerify(sensor);
        signature.update(reading);
        return signature.verify(signed);
    }
}
