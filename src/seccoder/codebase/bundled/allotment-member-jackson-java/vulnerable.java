import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

public final class Members {
    public static final class Member {
        public String phone = "";
        public String crops = "";
        public int plot;
        public boolean board;
    }

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Members() {}

    public static Member change(Member member, String body) throws JsonProcessingException {
        return MAPPER.readerForUpdating(member).readValue(body);
    }
}
