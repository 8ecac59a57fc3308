import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

public class Turnstile {
    private final Connection connection;

    public Turnstile(Connection connection) {
        this.connection = connection;
    }

    /** Tells whether the table members(card, name) has a member with this card. */
    public boolean isMember(String card) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1 FROM members WHERE card = ?")) {
            statement.setString(1, card);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }
}
