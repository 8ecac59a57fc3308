package seccoder;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLSession;

/** Stands in place of calls that would leave the box or end it: the network, the end of the process, waiting. */
public final class Instead {
    private static final Map<String, String> REPLACED = new LinkedHashMap<>();
    private static final String BODY =
        "{\"ok\": true, \"name\": \"placeholder\", \"url\": \"http://placeholder.example.com/\", \"items\": [], \"data\": {}}";
    private static final String INSIDE = "10.1.2.3";
    private static final String OUTSIDE = "93.184.216.34";

    static {
        REPLACED.put("java/lang/System.exit(I)V", "exit");
        REPLACED.put("java/lang/Runtime.exit(I)V", "leave");
        REPLACED.put("java/lang/Runtime.halt(I)V", "leave");
        REPLACED.put("java/lang/Thread.sleep(J)V", "sleep");
        REPLACED.put("java/lang/System.getenv(Ljava/lang/String;)Ljava/lang/String;", "environment");
        REPLACED.put("java/net/InetAddress.getByName(Ljava/lang/String;)Ljava/net/InetAddress;", "byName");
        REPLACED.put("java/net/InetAddress.getAllByName(Ljava/lang/String;)[Ljava/net/InetAddress;", "allByName");
        REPLACED.put("java/net/http/HttpClient.send(Ljava/net/http/HttpRequest;Ljava/net/http/HttpResponse$BodyHandler;)"
            + "Ljava/net/http/HttpResponse;", "send");
        REPLACED.put("java/net/http/HttpClient.sendAsync(Ljava/net/http/HttpRequest;Ljava/net/http/HttpResponse$BodyHandler;)"
            + "Ljava/util/concurrent/CompletableFuture;", "sendAsync");
    }

    private Instead() {}

    static String of(String owner, String name, String type) {
        return REPLACED.get(owner + "." + name + type);
    }

    /** Thrown where the code would have ended the process. */
    static final class Left extends ThreadDeath {
        @Override
        public String toString() {
            return "it ended the process";
        }
    }

    public static void exit(int code) {
        throw new Left();
    }

    public static void leave(Runtime runtime, int code) {
        throw new Left();
    }

    public static void sleep(long time) {}

    public static String environment(String name) {
        return name.matches("PATH|HOME|TMPDIR|LANG|USER") ? System.getenv(name) : Give.text("environment", name);
    }

    public static InetAddress byName(String host) throws UnknownHostException {
        return allByName(host)[0];
    }

    public static InetAddress[] allByName(String host) throws UnknownHostException {
        if (host == null || host.isEmpty() || !host.matches("[\\w.:%\\[\\]-]+")) {
            throw new UnknownHostException(host);
        }
        byte[] address = InetAddress.getByName(resolve(host)).getAddress();
        return new InetAddress[] {InetAddress.getByAddress(host.replaceAll("[\\[\\]]", ""), address)};
    }

    /** The address that a name has here, as text. Numbers are read as the system's own resolver reads them. */
    static String resolve(String host) {
        String plain = host.replaceAll("[\\[\\]]", "");
        try {
            if (plain.matches("[0-9a-fA-F]*:[0-9a-fA-F:.]*") || plain.matches("\\d+(\\.\\d+){0,3}")) {
                return InetAddress.getByName(plain).getHostAddress();
            }
        } catch (UnknownHostException e) {
            return OUTSIDE;
        }
        if (plain.matches(".*\\d+\\.\\d+\\.\\d+\\.\\d+\\.nip\\.io")) { // such names have the address that they spell
            return plain.replaceAll("^.*?(\\d+\\.\\d+\\.\\d+\\.\\d+)\\.nip\\.io$", "$1");
        }
        if (plain.equalsIgnoreCase("localhost")) {
            return "127.0.0.1";
        }
        return plain.matches("(?i).*\\.(internal|local)") || !plain.contains(".") ? INSIDE : OUTSIDE;
    }

    /** The name that an address was looked up by. */
    static String name(InetAddress address) {
        String told = address.toString();
        return told.startsWith("/") ? address.getHostAddress() : told.substring(0, told.indexOf('/'));
    }

    /** Records a request. Returns where the answer sends the client, or null. */
    static String asked(String client, String method, String url, boolean redirected, String host) {
        int line = Watch.line();
        Watch.before("request", client, line, new Object[] {url});
        Watch.call("request", line, Map.of("client", client, "method", method, "url", url, "host", host,
            "address", resolve(host), "redirected", redirected));
        return host.startsWith("redirect") ? "http://127.0.0.1/" + Box.mark : null;
    }

    private static String host(URI address) throws IOException {
        String host = address.getHost();
        if (host == null) {
            String authority = address.getAuthority();
            host = authority == null ? null : authority.replaceAll("^.*@|:\\d*$", "");
        }
        if (host == null) {
            throw new IOException("no host in " + address);
        }
        return host.replaceAll("[\\[\\]]", "");
    }

    // --- java.net.http ---

    public static <T> HttpResponse<T> send(HttpClient client, HttpRequest request, HttpResponse.BodyHandler<T> handler)
        throws IOException {
        URI address = request.uri();
        String next = asked("HttpClient", request.method(), address.toString(), false, host(address));
        if (next != null && client.followRedirects() != HttpClient.Redirect.NEVER) {
            asked("HttpClient", "GET", next, true, "127.0.0.1");
            next = null;
        }
        int status = next == null ? 200 : 302;
        HttpHeaders headers = HttpHeaders.of(next == null ? Map.of("content-type", List.of("application/json"))
            : Map.of("location", List.of(next)), (a, b) -> true);
        HttpResponse.BodySubscriber<T> subscriber = handler.apply(new HttpResponse.ResponseInfo() {
            @Override public int statusCode() { return status; }
            @Override public HttpHeaders headers() { return headers; }
            @Override public HttpClient.Version version() { return HttpClient.Version.HTTP_1_1; }
        });
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override public void request(long count) {}
            @Override public void cancel() {}
        });
        subscriber.onNext(List.of(ByteBuffer.wrap(BODY.getBytes(StandardCharsets.UTF_8))));
        subscriber.onComplete();
        T body = subscriber.getBody().toCompletableFuture().join();
        return new HttpResponse<>() {
            @Override public int statusCode() { return status; }
            @Override public HttpRequest request() { return request; }
            @Override public Optional<HttpResponse<T>> previousResponse() { return Optional.empty(); }
            @Override public HttpHeaders headers() { return headers; }
            @Override public T body() { return body; }
            @Override public Optional<SSLSession> sslSession() { return Optional.empty(); }
            @Override public URI uri() { return address; }
            @Override public HttpClient.Version version() { return HttpClient.Version.HTTP_1_1; }
        };
    }

    public static <T> CompletableFuture<HttpResponse<T>> sendAsync(
        HttpClient client, HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return CompletableFuture.completedFuture(send(client, request, handler));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    // --- java.net.URL, also where a parser of the JDK fetches something ---

    static void install() {
        URL.setURLStreamHandlerFactory(protocol -> protocol.matches("https?|ftp") ? new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) {
                return new Connection(url);
            }

            @Override
            protected URLConnection openConnection(URL url, java.net.Proxy proxy) {
                return new Connection(url);
            }

            @Override
            protected int getDefaultPort() {
                return protocol.equals("https") ? 443 : protocol.equals("ftp") ? 21 : 80;
            }
        } : null);
    }

    /** Answers every request with the same document, and sends visitors of hosts that say so elsewhere. */
    static final class Connection extends javax.net.ssl.HttpsURLConnection {
        private String next;
        private final java.io.ByteArrayOutputStream sent = new java.io.ByteArrayOutputStream();

        Connection(URL url) {
            super(url);
        }

        @Override
        public void connect() throws IOException {
            if (connected) {
                return;
            }
            connected = true;
            if (url.getHost().isEmpty()) {
                throw new IOException("no host in " + url);
            }
            next = asked("URL", method, url.toString(), false, url.getHost().replaceAll("[\\[\\]]", ""));
            if (next != null && getInstanceFollowRedirects()) {
                asked("URL", "GET", next, true, "127.0.0.1");
                next = null;
            }
        }

        @Override
        public int getResponseCode() throws IOException {
            connect();
            return next == null ? 200 : 302;
        }

        @Override
        public java.io.InputStream getInputStream() throws IOException {
            connect();
            return new ByteArrayInputStream(BODY.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public java.io.OutputStream getOutputStream() throws IOException {
            connect();
            return sent;
        }

        @Override
        public String getHeaderField(String name) {
            return name == null ? null : name.equalsIgnoreCase("location") ? next
                : name.equalsIgnoreCase("content-type") ? "application/json" : null;
        }

        @Override
        public String getCipherSuite() {
            return "none";
        }

        @Override
        public java.security.cert.Certificate[] getLocalCertificates() {
            return null;
        }

        @Override
        public java.security.cert.Certificate[] getServerCertificates() {
            return new java.security.cert.Certificate[0];
        }

        @Override
        public void disconnect() {}

        @Override
        public boolean usingProxy() {
            return false;
        }
    }
}
