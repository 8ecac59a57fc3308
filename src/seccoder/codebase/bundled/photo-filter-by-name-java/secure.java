import java.util.Map;
import java.util.function.Supplier;

public final class PhotoFilters {
    public interface PixelFilter {
        int apply(int rgb);
    }

    public static final class Invert implements PixelFilter {
        @Override
        public int apply(int rgb) {
            return rgb ^ 0xffffff;
        }
    }

    public static final class Grayscale implements PixelFilter {
        @Override
        public int apply(int rgb) {
            int gray = ((rgb >> 16 & 0xff) + (rgb >> 8 & 0xff) + (rgb & 0xff)) / 3;
            return gray << 16 | gray << 8 | gray;
        }
    }

    // What a request can name is this list, not the class path.
    private static final Map<String, Supplier<PixelFilter>> FILTERS =
        Map.of("Invert", Invert::new, "Grayscale", Grayscale::new);

    private PhotoFilters() {}

    public static PixelFilter named(String name) {
        Supplier<PixelFilter> filter = FILTERS.get(name);
        if (filter == null) {
            throw new IllegalArgumentException("no such filter");
        }
        return filter.get();
    }
}
