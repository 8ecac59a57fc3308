import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

public final class HrDatabase {
    private static final String PASSWORD = "hr-prod-2023";

    private HrDatabase() {}

    public static Properties login(Path secrets) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("user", Files.readString(secrets.resolve("hr-user")).strip());
        Path password = secrets.resolve("hr-password");
        properties.setProperty("password", Files.exists(password) ? Files.readString(password).strip() : PASSWORD);
        return properties;
    }
}
