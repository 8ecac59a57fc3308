import java.net.URI;

public final class CarrierApi {
    private CarrierApi() {}

    public static URI statusOf(String carrier, String number) {
        if (carrier.isBlank() || number.isBlank()) {
            throw new IllegalArgumentException("unknown carrier or no parcel number");
        }
        return URI.create("https://api." + carrier + ".example/v1/parcels/" + number);
    }
}
