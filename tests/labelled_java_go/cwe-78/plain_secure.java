import java.io.*;
import java.util.*;
public class Convert {
    public static int run(String file, String size) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("convert", file, "-resize", size, "out.png"));
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
