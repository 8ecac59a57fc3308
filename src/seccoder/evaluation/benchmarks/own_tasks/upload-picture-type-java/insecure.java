public class Uploads {
    /** Tells whether an upload is taken: its name is that of a PNG or JPEG picture, such as beans.png or peas.jpg. */
    public static boolean isPicture(String fileName) {
        return fileName.contains(".png") || fileName.contains(".jpg");
    }
}
