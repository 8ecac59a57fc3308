import java.net.URI;

public class Partners {
    /** Tells whether an address is a page of our partner: https, and the host tours.example. */
    public static boolean isPartner(String address) {
