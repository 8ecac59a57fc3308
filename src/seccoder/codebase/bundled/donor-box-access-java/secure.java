public final class Boxes {
    public enum Level { OPEN, READING_ROOM, SEALED }

    public record Box(String title, Level level, Integer sealedUntil) {}

    public record Reader(boolean card, boolean staff) {}

    private Boxes() {}

    public static boolean mayRead(Box box, Reader reader, int year) {
        if (reader.staff() || box.level() == Level.OPEN) {
            return true;
        }
        boolean free = box.level() == Level.SEALED && box.sealedUntil() != null && year > box.sealedUntil();
        if (box.level() == Level.READING_ROOM || free) {
            return reader.card();
        }
        // Sealed, without a level, or of one that comes later: nothing above said yes.
        return false;
    }
}
