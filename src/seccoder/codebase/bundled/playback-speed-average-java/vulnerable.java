public record Watched(long minutes, int viewers, int length) {

    public long perViewer() {
        return minutes / viewers;
    }

    public long percent() {
        return Math.min(100, perViewer() * 100 / length);
    }
}
