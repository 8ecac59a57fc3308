import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

public final class SensorIdentity {
    private static final String SIGNATURE = "SHA256withECDSA";
    private final KeyPair keys;

    public SensorIdentity() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        // 128 bits of strength; RSA would need 3072 bits for the same, and fewer than 2048 are not acceptable.
        generator.initialize(new ECGenParameterSpec("secp256r1"));
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
