"""Makes an archive of javac's own classes, once per JDK, so that no box has to load and check each of them.

It takes nothing and returns the archive's path on this machine, for `shown` of `seccoder.sandbox.run`. It is made in a
box in which nothing but javac and the text below has ever run, and boxes see it read-only.
"""

import shutil
from hashlib import sha256
from pathlib import Path
from threading import Lock

from seccoder.code.files import replacing
from seccoder.sandbox.execute import Limits, run
from seccoder.settings import cache_dir

NAME = "javac.jsa"
# javac's own classes need no verification, either; with an archive, the JVM asks for the same in each run.
_UNVERIFIED = ("-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote")
FLAGS = (f"-XX:SharedArchiveFile=/shown/{NAME}", "-Xlog:disable", *_UNVERIFIED)
# What javac is made to read says which of its classes are in the archive: a little of everything.
_SAMPLE = """
import java.io.*;
import java.nio.file.*;
import java.util.*;
import java.util.function.*;
import java.util.stream.*;

public class Sample {
    enum Kind { ONE, TWO { int value() { return 2; } }; int value() { return 1; } }
    record Pair<A extends Comparable<A>, B>(A first, B second) {}
    interface Shape { default double area() { return 0; } }
    private static final Map<String, List<Integer>> KNOWN = new HashMap<>(Map.of("a", List.of(1, 2)));
    static class Door implements Shape, AutoCloseable { @Override public void close() throws IOException {} }

    static String read(Path path) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(path); Door door = new Door()) {
            return reader.lines().filter(line -> !line.isEmpty()).map(String::trim).collect(Collectors.joining("\\n"));
        } catch (UncheckedIOException | IllegalStateException error) {
            throw new IOException("no: " + error.getMessage(), error);
        } finally {
            KNOWN.computeIfAbsent("b", key -> new ArrayList<>()).add(3);
        }
    }

    public static void main(String... arguments) throws Exception {
        int sum = 0;
        long[] numbers = {1L, 2L};
        for (int i = 0; i < numbers.length; i++) { sum += (int) numbers[i] << 1; }
        for (String each : arguments) {
            switch (each) { case "x": sum--; break; default: sum = sum > 3 ? -sum : sum ^ 1; }
        }
        Object what = new Pair<>("a", sum);
        if (what instanceof Pair<?, ?> pair && pair.second() != null) { System.out.printf("%s %d%n", pair, sum); }
        Supplier<Runnable> maker = () -> new Runnable() { public void run() { System.out.println(Kind.TWO.value()); } };
        do { maker.get().run(); } while (sum++ < 0);
        synchronized (KNOWN) { assert KNOWN.size() > 0 : "empty"; }
        System.exit(IntStream.range(0, 3).mapToObj(Integer::toString).toList().size());
    }
}
"""
_made: dict[str, Path | None] = {}  # in this process, whatever the folder for caches is by now
_lock = Lock()


def archive() -> Path | None:
    """Return the archive for the javac that is installed here; None if it cannot be made, which only costs time."""
    javac = Path(shutil.which("javac") or "javac").resolve()
    try:
        stamp = (javac.parent.parent / "lib" / "modules").stat()
        key = sha256(repr((str(javac), stamp.st_mtime_ns, stamp.st_size, FLAGS, _SAMPLE)).encode()).hexdigest()[:24]
    except OSError:
        return None
    with _lock:
        known = _made.get(key)
        if key not in _made or (known and not known.is_file()):
            known = _made[key] = _kept(cache_dir() / "harness" / f"javac-{key}.jsa")
        return known


def _kept(place: Path) -> Path | None:
    try:
        if not place.is_file():
            if not (made := _make()):
                return None
            place.parent.mkdir(parents=True, exist_ok=True)
            with replacing(place) as fresh:
                fresh.write_bytes(made)
                fresh.chmod(0o644)  # in the box somebody else reads it
        return place
    except OSError:
        return None


def _make() -> bytes:
    flags = (f"-XX:ArchiveClassesAtExit={NAME}", "-XX:+UseSerialGC", "-Xmx256m", *_UNVERIFIED)
    command = ["javac", *(f"-J{flag}" for flag in flags), "-proc:none", "-d", "classes", "Sample.java"]
    limits = Limits(seconds=60, memory_mb=1500, processes=200, disk_mb=128)
    return run(command, files={"Sample.java": _SAMPLE}, keep=[NAME], limits=limits).files.get(NAME, b"")
