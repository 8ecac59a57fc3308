import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;

public record WebhookTargets(Resolver resolver) {
    /** Usually InetAddress::getAllByName. */
    public interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    public InetSocketAddress addressOf(URI hook) throws IOException {
        if (!"https".equals(hook.getScheme()) || hook.getHost() == null) {
            throw new IOException("not an https address");
        }
        if (!isPublic(hook.getHost())) {
            throw new IOException("not on the public internet");
        }
        InetAddress[] addresses = resolver.resolve(hook.getHost());
        return new InetSocketAddress(addresses[0], hook.getPort() == -1 ? 443 : hook.getPort());
    }

    private static boolean isPublic(String host) {
        return !host.equalsIgnoreCase("localhost") && !host.equals("[::1]") && !host.endsWith(".internal")
            && !host.matches("(127|10|192\\.168|172\\.(1[6-9]|2\\d|3[01])|169\\.254)\\..*");
    }
}
