import java.util.Map;
import java.util.NoSuchElementException;

public final class Teams {
    public enum Role { PLAYER, COACH, MANAGER }

    private final Map<String, Map<String, Role>> teams;

    /** Takes the roles by team and by member. */
    public Teams(Map<String, Map<String, Role>> teams) {
        this.teams = teams;
    }

    public void assign(String actor, String team, String member, Role role) {
        Map<String, Role> roles = teams.get(team);
        if (roles == null || !roles.containsKey(member)) {
            throw new NoSuchElementException("no such member");
        }
        // The role in this team, not just any: it must reach both what the member has and what they are to get.
        Role own = roles.get(actor);
        if (own == null || own == Role.PLAYER || role.compareTo(own) > 0 || roles.get(member).compareTo(own) > 0) {
            throw new SecurityException(actor + " may not do that");
        }
        roles.put(member, role);
    }
}
