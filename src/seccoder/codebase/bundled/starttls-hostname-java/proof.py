"""Real handshakes on the loopback with servers that hold trusted certificates for the right or for another name."""

import json

import pytest

MAIL = (
    "MIIDQQIBAzCCAwcGCSqGSIb3DQEHAaCCAvgEggL0MIIC8DCCAh8GCSqGSIb3DQEHBqCCAhAwggIMAgEAMIICBQYJKoZIhvcNAQcBMBwGCiqGSI"
    "b3DQEMAQMwDgQIW74VS/SCs3wCAggAgIIB2F0jv8TTgihzf+FItLgbSlGG6Nn2Ty41hDgwb0Kp0O5pMZIn4BxQMZ0BEdJmV9W6ll707TQrjlQ2"
    "8GA2VJdfEyQ81omqT8ELjedXXG0mbQmAlkuaa+oQWuOxkXdWKp0i4u8yp6pGQcVC0sk/43J02NQyqCIHxuzZnT/b2qkp4crSfc5e+rQppNICBb"
    "Xl0YtiyhpAsncj4jxFDraL8OUVsBzzKkxO2z9gtBuL6eeyYM0LL6M2i95qJmyAund+BuFU67u3wMu8K2STIyax3fKu8DI8Qnxp0G/WxmVNq544"
    "NbksiG+Nv7ZjiMrlk00j+GyKBbdy3E3XW79OJS77sD3YIO0nJNZxxXVPAlC0cJBGbAm5um7Dc0UrLjSWSsb5NdiARbp3Qgv+S+TTorLWLIpjfZ"
    "7FIELRFHTJxRTDJ2X+fqBbTl7mSQ+q1xW5Vh1Cpx8KOIOyX3RcW5bce8PJl7RYQDI+xaXe1qn+JN79nH18fK+rYqNqp8x5wL8uKlet/Cy5aZhF"
    "RiUeN8JEFOxLdpOtSbJAEjMlqua+0GQqmtkEbuIvMwKh7MRT90jmsZ3bfEJcAOfqIVX9LRRFjgI/lYcBgzMIEsRHNpMMVqkmAzk2WSYY9j0npK"
    "fWIYEwgcoGCSqGSIb3DQEHAaCBvASBuTCBtjCBswYLKoZIhvcNAQwKAQKgajBoMBwGCiqGSIb3DQEMAQMwDgQIiCRs9mDma1MCAggABEgxGfVp"
    "Z8VGI1tL5iFzPsBzkkBEHftSSzox+RazrE7+JVUsPcZTQ+xFGOm1VnwyHa3UQlvz4/HD4SNyOkAbJy4+uGBbKLZHLMwxODARBgkqhkiG9w0BCR"
    "QxBB4CAGswIwYJKoZIhvcNAQkVMRYEFAiBhelUWrBam7cVFlLSBVKputU8MDEwITAJBgUrDgMCGgUABBSaDVwm/dm20wDjK0WusJzN9+tA8gQI"
    "i+AdOkh7atACAggA"
)
OTHER = (
    "MIIDQQIBAzCCAwcGCSqGSIb3DQEHAaCCAvgEggL0MIIC8DCCAh8GCSqGSIb3DQEHBqCCAhAwggIMAgEAMIICBQYJKoZIhvcNAQcBMBwGCiqGSI"
    "b3DQEMAQMwDgQIpdI4vBkTUSQCAggAgIIB2ACFuQS+ZztGDNgr3Mo9qB5TsKi8qycB1TBRgcM3mbkF/s77wn+AUEWeYm4M+C1qF0ksBhRsGv2D"
    "D3yIhNTkLABu+g1h/tsPfXtpAzSV25kj0Nd9IxHMbKKaK+VBRQDQ8gOFO2QjdGw5tUEx5Gk1qyEZq32VDrquhiCGbQ8MxGDGjXf+E2MD1xwJw3"
    "C0GK9RkR9WXBwM0d+tq2x3adPnWgckTBqPDSBEQcFMlUo2of2VXN+GzScIM2vbZ5mG28h+qzr1F606bp0RCgdRycU9+1/6QgehqlajFxLnYHpx"
    "XOzofwJA8AFpALuLq/eatWcfelx9Wvtt6dw6NEuy3axGYP3/CUTKLTPE4kABMttSxwAfha+mDypyuTuq8ZSTU/1G51kIXEYg4DNvCx0DVotJr6"
    "gPuIiPaNbArHFElDkkem9daMv2XE6INQlh9EaeTOLQr71X9LUOHVY5fV7Pxa+r7Qn9JB97vM0JwSX7W4+RQaFeJUkKQ8/NuwZLePEXoe6orcEb"
    "wQ5OXDSA6QPnsRukjX9H2VCPvC74ZR7INm5FG8Ey+6+UJ2KkTrIxRpTaVt7V9XFmcmcQKbuoVaGWFo4vU0jHM+hZToBPFsZ7dl3MV8wFFnhER+"
    "5k9uEwgcoGCSqGSIb3DQEHAaCBvASBuTCBtjCBswYLKoZIhvcNAQwKAQKgajBoMBwGCiqGSIb3DQEMAQMwDgQImWul+5EuCLYCAggABEgiWH43"
    "6gEIMn0Qqrkjxu0ZpetzncTpsF408BceWS/bvecphcwkAc7Vs8vbAGeCBdla6TFLh9uDpSI/rdJMbG6Ap7axcGaDe3AxODARBgkqhkiG9w0BCR"
    "QxBB4CAGswIwYJKoZIhvcNAQkVMRYEFN5FGeeZUQt12NhTh5ULflfoEWtKMDEwITAJBgUrDgMCGgUABBQ7qJiLm6GhArjhQalf6zEf/geCawQI"
    "N0fhOnESifoCAggA"
)
UNTRUSTED = (
    "MIIDMQIBAzCCAvcGCSqGSIb3DQEHAaCCAugEggLkMIIC4DCCAg8GCSqGSIb3DQEHBqCCAgAwggH8AgEAMIIB9QYJKoZIhvcNAQcBMBwGCiqGSI"
    "b3DQEMAQMwDgQIDyBsITA0CAMCAggAgIIByFda2g8miHZSMwQKULy0YeYtVR8D3oA7kCrF7A6f+ONF1FnADJzooetxe+U3DZi+pSY47ZqIcERZ"
    "0RBTRnxQRAMUgt2/zr+J1YFYw5/7bYInJbWmaWpgDClwT2hEyeZOxWk3OiudP/8skAC7eYTfWf+K5HuKZQoWpe6WgyQYq2HPLMSwXaqc7wHJUk"
    "6Uj3UPwoMBXClfYIBWvHvPeVOMEeFZ2yy/JtvK4uuaOmLfUm/1Jw2txkpR1vg8ARIp/h8JRsXbDP0mhlorHtRjoEf/sjZLvPjysGLUvx8LG998"
    "+PZoPcVWsPt7AnfD7yiragkih2Z78vWEPNOwpRSGhmY2R2jKSDUeQ6XyQb1TBFR47L5Po0mf9dq7V8xV4e6bpRWsnq4Knffc6Ud9l8JWAudEoM"
    "MbHIVUp5mUQjp8nbDh5/1IYGhvPj6YJHdrcBL9/dvZkfmKIDruBrYT+/5OocRQagKNunccogyWhONS/CmWbWwCYMgMGP5jNApQBXj2PH/QUdSc"
    "6oaYI8u7njmZSgj8NP+cM6fUCFeiqTARCvjfprCvuN0mYinJBvNZOLzbiAFk4lZ9Np4nt2caCzqtQhjuy/wBXk7TMkr9rDCBygYJKoZIhvcNAQ"
    "cBoIG8BIG5MIG2MIGzBgsqhkiG9w0BDAoBAqBqMGgwHAYKKoZIhvcNAQwBAzAOBAhbeJ3B0jScpwICCAAESBJClJB++gkVoBObqhUlXMnjGQMM"
    "H669sjN+werD0gnyk8fEAL8C/zeVor6/q72mhqXfCHedyMXXXrgQ/WJWi4WvTQVxEPlq7zE4MBEGCSqGSIb3DQEJFDEEHgIAazAjBgkqhkiG9w"
    "0BCRUxFgQUyUmrYSQJOXWgd+bgIbZYwcUCx44wMTAhMAkGBSsOAwIaBQAEFLOfOtqXiB50aAZc0TLnXhakSwDQBAhZTOGPJai9hwICCAA="
)
DRIVER = r"""
import java.io.*;
import java.net.*;
import java.security.KeyStore;
import java.util.*;
import javax.net.ssl.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        String mail = arguments[0], other = arguments[1], untrusted = arguments[2];
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("mail", store(mail).getCertificate("k"));
        trusted.setCertificateEntry("other", store(other).getCertificate("k"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext client = SSLContext.getInstance("TLS");
        client.init(null, trust.getTrustManagers(), null);
        connect("right", mail, "mail.example", client);
        connect("capitals", mail, "Mail.Example", client);
        connect("untrusted", untrusted, "mail.example", client);
        connect("other", other, "mail.example", client);
        connect("subdomain", mail, "imap.mail.example", client);
        connect("suffix", mail, "mail.example.evil.example", client);
        connect("parent", mail, "example", client);
    }

    static void connect(String name, String key, String host, SSLContext client) throws Exception {
        int port = serve(key);
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
            plain.setSoTimeout(10_000);
            show(name, () -> new String(
                StartTls.upgrade(plain, host, client.getSocketFactory()).getInputStream().readAllBytes()));
        }
    }

    static SSLContext identity(String key) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store(key), "proofs".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    static KeyStore store(String key) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(Base64.getDecoder().decode(key)), "proofs".toCharArray());
        return store;
    }

    /** A server with this key, for one visitor, whom it sends a line. */
    static int serve(String key) throws Exception {
        SSLContext context = identity(key);
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            try (server; Socket plain = server.accept()) {
                SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true);
                tls.setUseClientMode(false);
                tls.getOutputStream().write("hello\n".getBytes());
                tls.close();
            } catch (IOException refused) {
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server.getLocalPort();
    }

    static void show(String name, java.util.concurrent.Callable<?> call) {
        Object value;
        try {
            value = call.call();
        } catch (Throwable error) {
            value = "!" + error.getClass().getSimpleName();
        }
        System.out.println(name + "\t" + json(value));
    }

    static String json(Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) return String.valueOf(value);
        if (value instanceof java.util.Collection<?> all)
            return "[" + String.join(",", all.stream().map(one -> json(one)).toList()) + "]";
        StringBuilder text = new StringBuilder("\"");
        for (char c : value.toString().toCharArray())
            text.append(c < 32 || c > 126 || c == '"' || c == '\\' ? String.format("\\u%04x", (int) c) : "" + c);
        return text.append('"').toString();
    }
}
"""


@pytest.fixture(scope="module")
def said(java):
    ran = java(DRIVER)(MAIL, OTHER, UNTRUSTED)
    lines = [line.split("\t", 1) for line in ran.out.decode().splitlines() if "\t" in line]
    return {name: json.loads(value) for name, value in lines}


@pytest.mark.parametrize("name", ["right", "capitals"])
def test_functional_right_server(said, name):
    assert said[name] == "hello\n"


def test_functional_untrusted_certificate(said):
    assert said["untrusted"] == "!SSLHandshakeException"


@pytest.mark.parametrize("name", ["other", "subdomain", "suffix", "parent"])
def test_security_certificate_of_another_name_is_refused(said, name):
    assert said[name] == "!SSLHandshakeException"
