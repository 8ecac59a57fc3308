public class Downloads {
    /** Returns the value of the Content-Disposition header of a download, such as attachment; filename="plan.pdf". */
    public static String disposition(String fileName) {
        return "attachment; filename=\"" + fileName.replaceAll("[\\p{Cntrl}\"\\\\]", "_") + "\"";
    }
}
