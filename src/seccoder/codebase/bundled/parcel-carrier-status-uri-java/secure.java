import java.net.URI;
import java.util.Map;

public final class CarrierApi {
    private static final Map<String, String> HOSTS = Map.of(
        "swift", "api.swift.example", "nordpost", "api.nordpost.example", "kite", "api.kite.example");

    private CarrierApi() {}

    public static URI statusOf(String carrier, String number) {
        // The host is one of ours or none: nothing that was typed is part of it.
        String host = HOSTS.get(carrier);
        if (host == null || !number.matches("[A-Za-z0-9]{1,40}")) {
            throw new IllegalArgumentException("unknown carrier or no parcel number");
        }
        return URI.create("https://" + host + "/v1/parcels/" + number);
    }
}
