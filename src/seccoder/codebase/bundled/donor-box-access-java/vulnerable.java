public final class Boxes {
    public enum Level { OPEN, READING_ROOM, SEALED }

    public record Box(String title, Level level, Integer sealedUntil) {}

    public record Reader(boolean card, boolean staff) {}

    private Boxes() {}

    public static boolean mayRead(Box box, Reader reader, int year) {
        if (reader.staff()) {
            return true;
        }
        if (box.level() == Level.SEALED && box.sealedUntil() != null && year <= box.sealedUntil()) {
            return false;
        }
        if (box.level() == Level.READING_ROOM || box.level() == Level.SEALED) {
            return reader.card();
        }
        return true;
    }
}
