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

    private PhotoFilters() {}

    public static PixelFilter named(String name) {
        try {
            String className = name.contains(".") ? name : "PhotoFilters$" + name;
            return (PixelFilter) Class.forName(className).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IllegalArgumentException("no such filter", e);
        }
    }
}
