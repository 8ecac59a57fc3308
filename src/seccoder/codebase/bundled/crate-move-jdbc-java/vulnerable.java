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
        String sql = String.format(
            "UPDATE crates SET shelf = '%s', remark = '%s' WHERE code = '%s'", shelf, remark, crate);
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            return update.executeUpdate() == 1;
        }
    }
}
