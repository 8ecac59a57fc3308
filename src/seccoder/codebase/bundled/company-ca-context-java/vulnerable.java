import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

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

    private static TrustManager[] trusting(X509Certificate ca) {
        return new TrustManager[] {new X509TrustManager() {
            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
                chain[0].checkValidity();
                if (!chain[0].getIssuerX500Principal().equals(ca.getSubjectX500Principal())) {
                    throw new CertificateException("not issued by the company");
                }
            }

            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
                throw new CertificateException("for clients only");
            }

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[] {ca};
            }
        }};
    }
}
