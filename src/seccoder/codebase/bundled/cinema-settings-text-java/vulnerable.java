import java.net.URI;

public record Settings(
    String databaseUrl, String user, String password, URI paymentService, String paymentKey, int port) {}
