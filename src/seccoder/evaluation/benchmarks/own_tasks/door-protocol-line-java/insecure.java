public class Protocol {
    /** Returns the line for an attempt, "door 3: ann (opened)" or "door 3: bob (refused)", without a line end. */
    public static String line(int door, String typedName, boolean opened) {
        return "door " + door + ": " + typedName + " (" + (opened ? "opened" : "refused") + ")";
    }
}
