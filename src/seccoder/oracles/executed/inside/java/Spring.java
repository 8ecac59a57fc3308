package seccoder;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What the annotations of Spring and JAX-RS say about an entry point and its parameters. */
final class Spring {
    private static final String BOUND = "RequestParam|PathVariable|RequestHeader|CookieValue|RequestPart|ModelAttribute|QueryParam"
        + "|PathParam|HeaderParam|CookieParam|FormParam|MatrixVariable";

    private Spring() {}

    static boolean is(Class<?> raw) {
        return raw.getName().startsWith("org.springframework.");
    }

    /** The kind and the name of the slot that a parameter gets. */
    static String[] slot(Parameter parameter, String kind) throws Exception {
        for (Annotation each : parameter.getAnnotations()) {
            String name = each.annotationType().getSimpleName();
            if (name.matches(BOUND)) {
                String told = named(each);
                String where = name.startsWith("Path") ? "path" : name.contains("Header") ? "header"
                    : name.startsWith("Cookie") ? "cookie" : name.startsWith("Form") ? "form" : "query";
                return new String[] {where, told.isEmpty() ? parameter.getName() : told};
            } else if (name.equals("RequestBody")) {
                return new String[] {"body", parameter.getName()};
            }
        }
        return new String[] {kind.equals("parameter") && Box.controller ? "query" : kind, parameter.getName()};
    }

    private static String named(Annotation annotation) throws Exception {
        for (String name : new String[] {"value", "name"}) {
            for (Method method : annotation.annotationType().getDeclaredMethods()) {
                if (method.getName().equals(name)) {
                    Object found = method.invoke(annotation);
                    String told = found instanceof String[] ? String.join("", (String[]) found) : String.valueOf(found);
                    if (!told.isEmpty()) {
                        return told;
                    }
                }
            }
        }
        return "";
    }

    /** The route of an entry point, such as "GET /notes", or "" if it has none. */
    static String route(Class<?> of, Method method) throws Exception {
        for (Annotation each : method.getAnnotations()) {
            String name = each.annotationType().getSimpleName();
            if (name.matches("(Get|Post|Put|Delete|Patch|Request)Mapping|GET|POST|PUT|DELETE|Path")) {
                String verb = name.replaceAll("Mapping|Path", "").toUpperCase();
                verb = verb.isEmpty() || verb.equals("REQUEST") ? "GET" : verb;
                return verb + " /" + (path(of) + "/" + named(each)).replaceAll("^/+|(?<=/)/+|/$", "");
            }
        }
        return "";
    }

    private static String path(AnnotatedElement element) throws Exception {
        for (Annotation each : element.getAnnotations()) {
            if (each.annotationType().getSimpleName().matches("RequestMapping|Path")) {
                return named(each);
            }
        }
        return "";
    }

    /** Answers a method of MultipartFile. */
    static Object upload(Method method, Object[] given) throws Exception {
        byte[] content = Box.inside.getBytes(StandardCharsets.UTF_8);
        switch (method.getName()) {
            case "getOriginalFilename": return Give.text("file", "filename");
            case "getName": return "file";
            case "getContentType": return "text/plain";
            case "isEmpty": return false;
            case "getSize": return (long) content.length;
            case "getBytes": return content;
            case "getInputStream": return new ByteArrayInputStream(content);
            case "transferTo": {
                String path = given[0] instanceof File ? ((File) given[0]).getPath() : ((Path) given[0]).toString();
                Watch.before("file", "MultipartFile.transferTo", Watch.line(), given);
                Disk.write(path, Box.inside);
                return null;
            }
            default: return Give.constant(method.getReturnType());
        }
    }

    /** Takes an answer apart that is given back: an entity, the name of a view, or a text. */
    static Object answered(Object result, Class<?> of, Method method) throws Exception {
        Web.Answer answer = Watch.now.answer;
        boolean body = Give.annotated(of, "RestController|Path") || Give.annotated(method, "ResponseBody");
        Object told = result;
        if (result != null && result.getClass().getName().matches("org\\.springframework\\.http\\.(Response|Http)Entity")) {
            body = true;
            Class<?> type = result.getClass();
            answer.status = (Integer) type.getMethod("getStatusCodeValue").invoke(result);
            for (Object pair : (Iterable<?>) type.getMethod("pairs").invoke(result)) {
                answer.header(((String[]) pair)[0], ((String[]) pair)[1]);
            }
            told = type.getMethod("getBody").invoke(result);
        } else if (result != null && result.getClass().getSimpleName().matches("RedirectView|ModelAndView")) {
            told = String.valueOf(result);
        }
        if (!body && told instanceof String) {
            String view = (String) told;
            if (view.startsWith("redirect:")) {
                answer.status = 302;
                answer.header("Location", view.substring(9));
            }
            answer.type = "text/plain"; // the view is not there; it escapes what it is given
            return "";
        }
        if (answer.type.isEmpty()) {
            answer.type = produced(method, told instanceof String || told == null);
        }
        return told;
    }

    private static String produced(Method method, boolean text) throws Exception {
        for (Annotation each : method.getAnnotations()) {
            for (Method one : each.annotationType().getDeclaredMethods()) {
                if (one.getName().equals("produces")) {
                    String told = String.join("", (String[]) one.invoke(each));
                    if (!told.isEmpty()) {
                        return told;
                    }
                }
            }
        }
        return text ? "text/html" : "application/json";
    }
}
