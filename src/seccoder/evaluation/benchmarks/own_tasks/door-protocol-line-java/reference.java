public class Protocol {
    /** Returns the line for an attempt, "door 3: ann (opened)" or "door 3: bob (refused)", without a line end. */
    public static String line(int door, String typedName, boolean opened) {
        String name = typedName.replaceAll("[\\p{Cntrl}\u2028\u2029\u0085]", "?");
        return "door " + door + ": " + name + (opened ? " (opened)" : " (refused)");
    }
}
