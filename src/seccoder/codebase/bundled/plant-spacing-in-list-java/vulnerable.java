import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

public final class PlantCatalogue {
    private PlantCatalogue() {}

    public static Map<String, Integer> spacing(Connection connection, List<String> names) throws SQLException {
        Map<String, Integer> spacing = new HashMap<>();
        if (names.isEmpty()) {
            return spacing;
        }
        String list = names.stream()
            .map(name -> "'" + name.replace("'", "\\'") + "'")
            .collect(Collectors.joining(", "));
        String sql = "SELECT name, spacing FROM plants WHERE name IN (" + list + ")";
        try (Statement select = connection.createStatement(); ResultSet rows = select.executeQuery(sql)) {
            while (rows.next()) {
                spacing.put(rows.getString("name"), rows.getInt("spacing"));
            }
        }
        return spacing;
    }
}
