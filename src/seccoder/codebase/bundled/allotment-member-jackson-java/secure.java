import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

public final class Members {
    public static final class Member {
        public String phone = "";
        public String crops = "";
        public int plot;
        public boolean board;
    }

    // What a member may change; a body with anything else has no place to put it and is refused.
    record Changes(String phone, String crops) {}

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Members() {}

    public static Member change(Member member, String body) throws JsonProcessingException {
        Changes changes = MAPPER.readValue(body, Changes.class);
        if (changes.phone() != null) member.phone = changes.phone();
        if (changes.crops() != null) member.crops = changes.crops();
        return member;
    }
}
