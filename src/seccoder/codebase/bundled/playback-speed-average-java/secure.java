public record Watched(long minutes, int viewers, int length) {

    public long perViewer() {
        // A new video has no viewers yet: that is no error, and no reason to end the report.
        return viewers == 0 ? 0 : minutes / viewers;
    }

    public long percent() {
        return length == 0 ? 0 : Math.min(100, perViewer() * 100 / length);
    }
}
