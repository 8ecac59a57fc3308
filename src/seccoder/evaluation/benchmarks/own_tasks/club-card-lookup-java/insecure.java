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
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM members WHERE card = '" + card + "'");
        return rows.next();
    }
}
