import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

public final class HrDatabase {
    private HrDatabase() {}

    private static String secret(Path secrets, String name) throws IOException {
        // Mounted by the platform at start: not in the source, and another one on each installation.
        String value = Files.readString(secrets.resolve(name)).strip();
        if (value.isEmpty()) {
            throw new IOException("the secret " + name + " is empty");
        }
        return value;
    }

    public static Properties login(Path secrets) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("user", secret(secrets, "hr-user"));
        properties.setProperty("password", secret(secrets, "hr-password"));
        return properties;
    }
}
