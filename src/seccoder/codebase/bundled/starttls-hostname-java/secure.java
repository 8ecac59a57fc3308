import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

public final class StartTls {
    private StartTls() {}

    /** Upgrades a connection; SSLException if the server is not who we wanted to talk to. */
    public static SSLSocket upgrade(Socket plain, String host, SSLSocketFactory factory) throws IOException {
        SSLSocket tls = (SSLSocket) factory.createSocket(plain, host, plain.getPort(), true);
        SSLParameters parameters = tls.getSSLParameters();
        // Off by default: without it any valid certificate will do, also that of an attacker's own domain.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }
}
