package shop;
import org.slf4j.*;
public class Audit {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
    public void failed(String user) { LOG.warn("login failed for {}", user); }
}
