import java.util.ArrayList;
import java.util.List;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.DirContext;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;

public final class PhoneBook {
    private PhoneBook() {}

    public static List<String> numbers(DirContext directory, String surname) throws NamingException {
        SearchControls controls = new SearchControls();
        controls.setSearchScope(SearchControls.SUBTREE_SCOPE);
        controls.setReturningAttributes(new String[] {"telephoneNumber"});
        String filter = "(&(objectClass=person)(!(hidden=TRUE))(sn=" + surname + "))";
        NamingEnumeration<SearchResult> found = directory.search("ou=people", filter, controls);
        List<String> numbers = new ArrayList<>();
        while (found.hasMore()) {
            Attribute number = found.next().getAttributes().get("telephoneNumber");
            if (number != null) {
                numbers.add((String) number.get());
            }
        }
        return numbers;
    }
}
