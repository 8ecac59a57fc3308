import java.net.URI;

public record Settings(
    String databaseUrl, String user, String password, URI paymentService, String paymentKey, int port) {

    private static String state(String secret) {
        return secret == null || secret.isEmpty() ? "missing" : "set";
    }

    private static String withoutLogin(Object address) {
        return String.valueOf(address).replaceAll("//[^/@]*@", "//").replaceAll("[?#].*", "");
    }

    /** For people: whoever prints the settings, wherever it ends up, prints no secret. */
    @Override
    public String toString() {
        return "Settings[databaseUrl=" + withoutLogin(databaseUrl) + ", user=" + user + ", password=" + state(password)
            + ", paymentService=" + withoutLogin(paymentService) + ", paymentKey=" + state(paymentKey)
            + ", port=" + port + "]";
    }
}
