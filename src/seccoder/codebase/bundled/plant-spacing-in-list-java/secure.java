import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

public final class PlantCatalogue {
    private PlantCatalogue() {}

    public static Map<String, Integer> spacing(Connection connection, List<String> names) throws SQLException {
        Map<String, Integer> spacing = new HashMap<>();
        if (names.isEmpty()) {
            return spacing;
        }
        // Only the number of placeholders depends on the input, never the text of the statement.
        String list = String.join(", ", Collections.nCopies(names.size(), "?"));
        String sql = "SELECT name, spacing FROM plants WHERE name IN (" + list + ")";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < names.size(); i++) {
                select.setString(i + 1, names.get(i));
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    spacing.put(rows.getString("name"), rows.getInt("spacing"));
                }
            }
        }
        return spacing;
    }
}
