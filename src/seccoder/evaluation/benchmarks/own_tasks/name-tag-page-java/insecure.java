public class NameTags {
    /** Returns the HTML of a name tag: a div with the name in a b element and the company in an i element. */
    public static String nameTag(String name, String company) {
        return "<div><b>" + name + "</b><i>" + company + "</i></div>";
    }
}
