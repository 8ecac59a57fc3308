"""Real handshakes on the loopback; certificates of another CA are refused, even if it calls itself like ours."""

import json

import pytest

CA = """\
-----BEGIN CERTIFICATE-----
MIIBVDCB+qADAgECAghLYL4h/xIGPjAKBggqhkjOPQQDAjAVMRMwEQYDVQQDEwpD
b21wYW55IENBMCAXDTIwMDEwMTAwMDAwMFoYDzIxMTkxMjA4MDAwMDAwWjAVMRMw
EQYDVQQDEwpDb21wYW55IENBMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE07CI
HOVShOVvvq+1zgDew0Jrpbu4rgjIWeICZTypJvubZ1fOvqdp+Mv48L8OsrlxE8Lk
1syWl91il5oXIQF8fqMyMDAwHQYDVR0OBBYEFASPucK5IL83gvz9cwIo6juVJoe0
MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSQAwRgIhAKO/fG0MNSkCo+BA
7Aigl+Vse4hHjvh41KhjKEqB2QSGAiEAnV8OL3R/s53+1YmBmcw0wsoAJcMY7xbg
X6sfFY8uI8w=
-----END CERTIFICATE-----
"""
WIKI = (
    "MIIDaQIBAzCCAy8GCSqGSIb3DQEHAaCCAyAEggMcMIIDGDCCAkcGCSqGSIb3DQEHBqCCAjgwggI0AgEAMIICLQYJKoZIhvcNAQcBMBwGCiqGSI"
    "b3DQEMAQMwDgQIHPQVjhhTdPsCAggAgIICABAknQ43lgY5XOWRQ/MMTELv6rQw4fXIUwWyP4Uvg9Mv47vOAHvWH+pWwHt3wRu8VSpWPsAKZgyD"
    "d8SroHJMuXNZivuYkOkd952F2BbC7QmfZ0Ehw/SAalLvLKeam43jCQNzYAXILSMd6w51WRa5d5y800VBOS8zaTNjM6GiKzzPDaBFmUxMOat5yw"
    "GaMpITHfvhtQgQG4n599Ea1+euStOsOWFrUxXeKa6rsPV0qfDA1o+eEseCkB580PYXZpv+yLFqZsjLqLVq3I5Yj0Lf6vQ9QC5cOQU+2cavDCPS"
    "a8SmXNjJ50Q3poOVIKUifhIsy+1S37HimZK6KqZfGPh/LSVLiHsqp/bcekNjDWSc4UwTy1L7tyDJrJlAF0y+55SXHAzt1REhahVY+nDmyl1t6J"
    "nHOziTS2ztjTsalWZw78w/U8StrdQHb/p6qDqm7bqQPEfnUktMqjzyvdzrRdsQrFy/8YmLzaWLDv4wlnsYiGqOg2O6gIXFKAJjnTLQGT2fosbi"
    "iTto/3YUghQvzmQVlVgrVOmaKTVT5PLaLTCMfHNi3juNBA5sH5kzoo8Vks0klP/bKwTQJWafm3H2x7mSA72NeDSU4wm1Hf9yGxBCqjbtzRFVfo"
    "czByjKOPUNsYrTUQc9wT5pi1yKeyO3NL8MlocBCK2goTVHgjvHuDXTSGsBMIHKBgkqhkiG9w0BBwGggbwEgbkwgbYwgbMGCyqGSIb3DQEMCgEC"
    "oGowaDAcBgoqhkiG9w0BDAEDMA4ECHTyQsvlEqX6AgIIAARILt8hSiXCTKudbwt4lhDYkITSClGm1DHlhZ7yQW82FpGClTrBr4LnbgxcYmJ1cR"
    "lia30Nl9YV+Mg4FhKjundXx2gGR5VomlndMTgwEQYJKoZIhvcNAQkUMQQeAgBrMCMGCSqGSIb3DQEJFTEWBBSjyvbI+Yadzkh56iPobBA8a07t"
    "FDAxMCEwCQYFKw4DAhoFAAQUT9PUmzkLoeXH87NN4doD5shijqkECKL5b2vQc8JIAgIIAA=="
)
STRANGER = (
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
FORGED = (
    "MIIDaQIBAzCCAy8GCSqGSIb3DQEHAaCCAyAEggMcMIIDGDCCAkcGCSqGSIb3DQEHBqCCAjgwggI0AgEAMIICLQYJKoZIhvcNAQcBMBwGCiqGSI"
    "b3DQEMAQMwDgQIsN+bJcL+Br8CAggAgIICALd0ErQDylao7DEz3C2bg5EsEYNSKxn9FPmIqZhk4V/BIhqk4PDAVfzzkZI0w/VR9DVZqo/5IcDZ"
    "CtZrLQ31LGkpMOHyTTHswlQl7SBDfziztaSKYbSrFQiUJIabERRZahrjpDYdKLdSZoybVm9ih4JV7ohqmw+3g2aGxVX7O0YkuOeOswndnBNbOS"
    "0aswNMOAZvGHsi5UcZ/TBtLrAD4RaOCWmX0IavXabw1BBIkhga4gVtvlgeeeidbnlevg71nBwR5EpqAylK3I5rdTwGc+ll77jOUHQztcGj0fI9"
    "BB0HZo+YfXXq7VP5Falv/uxW2Hph3LF1WSHCzMcOza1jlxgcUj4xCUOJPc2rVi8+RTyF8PKt2X3ZVHvdhgRiRW3N40McEfmjblNzmbMt92Oj/Y"
    "8cFTvjkctCPDHlxd06V3CD3HPdI6xm/7nC3T/dIu+NptcKNDLYnb7cfe57Scccgb7JufA6EW8YzOrwteQqMU+4RthGq9byV5EIv8+X/m7hE5Vd"
    "ic9QbEfH/goKrjgl8zEzkq6OQO1Kit5XBDC/5zyivY3zNaIqx+gQAWvSP0UsbGcr3JqFxgQCa+I21mSqfIoTovcskGBVG0YMCEaI5E+DEBvsO9"
    "tS2G9dT3JZnwwJiMUX+xR+VY/YjVmO45dp9QC0Qo2rwZ3PN8XHV9Q/Gd6kMIHKBgkqhkiG9w0BBwGggbwEgbkwgbYwgbMGCyqGSIb3DQEMCgEC"
    "oGowaDAcBgoqhkiG9w0BDAEDMA4ECFC5ST/PoJOCAgIIAARIci3Tprs1NiGp/ZEI1qKtYglZrAnI6JQX6am0Q/f3UvLPMmxnZaMY1lHHm7yCrR"
    "dx60J1OlxzhnQpOwBY4f5CrUYcoMaljrMVMTgwEQYJKoZIhvcNAQkUMQQeAgBrMCMGCSqGSIb3DQEJFTEWBBQg/UPGPOUp6qpoNOsqNfYD+63f"
    "3DAxMCEwCQYFKw4DAhoFAAQUOFNmU//fgND3FVZrmqON5NDSZv0ECPyvI3qMwr1kAgIIAA=="
)
FORGED_ROOT = (
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
import java.nio.file.*;
import java.security.KeyStore;
import java.util.*;
import javax.net.ssl.*;

public class Driver {
    public static void main(String[] arguments) throws Exception {
        Files.writeString(Path.of("ca.pem"), arguments[0]);
        show("no file", () -> CompanyTls.context(Path.of("nowhere.pem")));
        String[] names = {"", "wiki", "stranger", "forged", "forged root"};
        for (int i = 1; i < names.length; i++) {
            int port = serve(arguments[i]);
            show(names[i], () -> {
                try (Socket socket = CompanyTls.context(Path.of("ca.pem")).getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), port)) {
                    socket.setSoTimeout(10_000);
                    return new String(socket.getInputStream().readAllBytes());
                }
            });
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
    ran = java(DRIVER)(CA, WIKI, STRANGER, FORGED, FORGED_ROOT)
    lines = [line.split("\t", 1) for line in ran.out.decode().splitlines() if "\t" in line]
    return {name: json.loads(value) for name, value in lines}


def test_functional_service_of_the_company(said):
    assert said["wiki"] == "hello\n"


def test_functional_stranger(said):
    assert said["stranger"] == "!SSLHandshakeException"


def test_functional_missing_file(said):
    assert said["no file"] == "!NoSuchFileException"


@pytest.mark.parametrize("name", ["forged", "forged root"])
def test_security_ca_of_the_same_name_is_refused(said, name):
    assert said[name] == "!SSLHandshakeException"
