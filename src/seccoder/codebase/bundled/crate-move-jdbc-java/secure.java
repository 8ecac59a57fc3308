import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

public final class CrateStore {
    private final Connection connection;

    public CrateStore(Connection connection) {
        this.connection = connection;
    }

    /** Moves a crate to another shelf and notes a remark; false if there is no such crate. */
    public boolean move(String crate, String shelf, String remark) throws SQLException {
        // The statement is constant: what was scanned and typed is bound and never becomes part of the SQL.
        String sql = "UPDATE crates SET shelf = ?, remark = ? WHERE code = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, shelf);
            update.setString(2, remark);
            update.setString(3, crate);
            return update.executeUpdate() == 1;
        }
    }
}
