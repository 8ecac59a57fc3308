import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;

public final class SavedGame implements Serializable {
    private static final long serialVersionUID = 1;

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
            return (SavedGame) stream.readObject();
        }
    }
}
