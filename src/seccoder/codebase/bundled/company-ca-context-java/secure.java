import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

public final class CompanyTls {
    private CompanyTls() {}

    public static SSLContext context(Path caPem) throws IOException, GeneralSecurityException {
        X509Certificate ca;
        try (InputStream pem = Files.newInputStream(caPem)) {
            ca = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trusting(ca), null);
        return context;
    }

    private static TrustManager[] trusting(X509Certificate ca) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("company", ca);
        // Only the anchor is ours; the whole validation of chains stays the platform's.
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }
}
