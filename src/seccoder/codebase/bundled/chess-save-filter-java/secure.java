import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;

public final class SavedGame implements Serializable {
    private static final long serialVersionUID = 1;
    private static final ObjectInputFilter ONLY_GAMES = ObjectInputFilter.Config.createFilter(
        "maxbytes=100000;maxdepth=5;maxarray=2000;SavedGame;java.util.ArrayList;java.lang.Object;java.time.*;!*");

    public final String white;
    public final String black;
    public final ArrayList<String> moves;
    public final LocalDate started;

    public SavedGame(String white, String black, ArrayList<String> moves, LocalDate started) {
        this.white = white;
        this.black = black;
        this.moves = moves;
        this.started = started;
    }

    public static SavedGame load(InputStream file) throws IOException, ClassNotFoundException {
        try (ObjectInputStream stream = new ObjectInputStream(file)) {
            // Asked for every class before an object of it exists; all but those of a saved game are refused.
            stream.setObjectInputFilter(ONLY_GAMES);
            return (SavedGame) stream.readObject();
        }
    }
}
