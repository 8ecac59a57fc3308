import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;

public class Venue {
    private final String name;
    private final int seats;
    private KeyPair keys;

    public Venue(String name, int seats) {
        this.name = name;
        this.seats = seats;
    }

    public String label() {
        return name + ", " + seats + " seats";
    }

    public KeyPair keys() {
        return keys;
    }

    /** Gives the venue a new pair of RSA keys, with which its tickets are signed. */
    public void makeKeys() throws NoSuchAlgorithmException {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        keys = rsa.generateKeyPair();
    }
}
