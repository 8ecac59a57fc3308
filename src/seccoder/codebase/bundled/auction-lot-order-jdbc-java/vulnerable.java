import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

public final class LotList {
    private LotList() {}

    /** Returns the titles of the unsold lots, ordered by "title", "estimate" or "closes", or "-title" and so on. */
    public static List<String> unsold(Connection connection, int auction, String order) throws SQLException {
        boolean descending = order.startsWith("-");
        String column = order.substring(descending ? 1 : 0);
        if (column.isBlank() || column.contains("'") || column.contains(";") || column.contains("--")) {
            throw new IllegalArgumentException("no such order");
        }
        String sql = "SELECT title FROM lots WHERE auction = ? AND buyer IS NULL ORDER BY "
            + column + (descending ? " DESC" : " ASC");
        List<String> titles = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, auction);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    titles.add(rows.getString("title"));
                }
            }
        }
        return titles;
    }
}
