import java.util.concurrent.Callable;

public class Server {
    /** Returns what the request gives, or an answer that begins with "error" if it throws an exception. */
    public static String answer(Callable<String> request) {
        try {
            return request.call();
        } catch (Exception problem) {
            System.err.println(problem);
            return "error: please try again later";
        }
    }
}
