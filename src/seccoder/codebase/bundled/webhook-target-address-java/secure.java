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
        InetAddress[] addresses = resolver.resolve(hook.getHost());
        // Decided by the addresses, every one of them, and connected to one of these: no second look-up.
        for (InetAddress address : addresses) {
            if (!isPublic(address)) {
                throw new IOException("not on the public internet");
            }
        }
        return new InetSocketAddress(addresses[0], hook.getPort() == -1 ? 443 : hook.getPort());
    }

    private static boolean isPublic(InetAddress address) {
        byte[] ip = address.getAddress();
        int first = ip[0] & 0xff;
        int second = ip[1] & 0xff;
        boolean reserved = ip.length == 4
            ? first == 0 || first == 127 || first == 100 && second >> 6 == 1 || first >= 224
            : first >> 5 != 1 || first == 0x20 && second == 0x02;
        return !reserved && !address.isSiteLocalAddress() && !address.isLinkLocalAddress();
    }
}
