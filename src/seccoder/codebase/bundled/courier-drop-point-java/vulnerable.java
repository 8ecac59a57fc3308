public record DropPoint(double latitude, double longitude) {
    public DropPoint {
        if (latitude < -90 || latitude > 90 || longitude < -180 || longitude > 180) {
            throw new IllegalArgumentException("no position on earth");
        }
    }

    public static DropPoint parse(String field) {
        String[] numbers = field.split(",", -1);
        if (numbers.length != 2) {
            throw new IllegalArgumentException("expected latitude,longitude");
        }
        return new DropPoint(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]));
    }
}
