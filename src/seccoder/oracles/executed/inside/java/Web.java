package seccoder;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Requests and answers: of servlets, in both packages, and of the JDK's own server. */
final class Web {
    private Web() {}

    /** What an entry point answers. */
    static final class Answer {
        final ByteArrayOutputStream body = new ByteArrayOutputStream();
        final PrintWriter writer = new PrintWriter(new OutputStreamWriter(body, StandardCharsets.UTF_8), true);
        final List<Object> headers = new ArrayList<>(); // pairs
        final Map<String, Object> attributes = new LinkedHashMap<>();
        int status = 200;
        String type = "";

        /** As it is given: that a header is one line is no promise of the interface, whatever some servers do. */
        void header(String name, Object value) {
            String told = String.valueOf(value);
            if (name.equalsIgnoreCase("content-type")) {
                type = told;
            }
            headers.add(List.of(name, told));
        }
    }

    /** Answers a method of HttpServletRequest, Part or HttpSession. The values are slots, by the key that is asked for. */
    static Object request(Method method, Object[] given) throws Exception {
        String name = method.getName();
        String key = given != null && given.length > 0 ? String.valueOf(given[0]) : null;
        Answer answer = Watch.now.answer;
        switch (name) {
            case "getParameter": return Give.text("query", key);
            case "getParameterValues": return new String[] {Give.text("query", key)};
            case "getParameterMap": return Give.asked("query", String[].class);
            case "getParameterNames": return Collections.enumeration(List.of(Box.word));
            case "getHeader": return Give.text("header", key);
            case "getHeaders": return Collections.enumeration(List.of(Give.text("header", key)));
            case "getHeaderNames": return Collections.enumeration(List.of("Host", "X-" + Box.word));
            case "getIntHeader": return 7;
            case "getPathInfo": case "getPathTranslated": return "/" + Give.text("path", "info");
            case "getRequestURI": case "getServletPath": return "/app/" + Give.text("path", "part");
            case "getRequestURL": return new StringBuffer("http://localhost/app/" + Give.text("path", "part"));
            case "getQueryString": return query();
            case "getReader": return new java.io.BufferedReader(new StringReader(Give.text("body", "body")));
            case "getInputStream": return stream(method.getReturnType(), Give.bytes("body", "body"));
            case "getMethod": return Box.method;
            case "getContextPath": return "";
            case "getScheme": return "http";
            case "getServerName": return "localhost";
            case "getRemoteAddr": case "getRemoteHost": return "203.0.113.9";
            case "getRemoteUser": return "placeholder";
            case "getContentType": return "application/x-www-form-urlencoded";
            case "getCharacterEncoding": return "UTF-8";
            case "getContentLength": return 100;
            case "getServerPort": return 80;
            case "getCookies": return cookies(method.getReturnType().getComponentType());
            case "getAttribute": return answer.attributes.containsKey(key) ? answer.attributes.get(key) : null;
            case "setAttribute": answer.attributes.put(key, given[1]); return null;
            case "getSubmittedFileName": return Give.text("file", "filename");
            case "getSize": return 17L;
            case "write": Disk.write(key, Box.inside); return null;
            case "getRealPath": return Box.APP + "/" + key.replaceAll("^/+", "");
            default: return Give.made(method, given);
        }
    }

    private static String query() {
        StringBuilder found = new StringBuilder();
        for (String key : Box.keys) {
            found.append(found.length() == 0 ? "" : "&").append(key).append('=')
                .append(URLEncoder.encode(Give.text("query", key), StandardCharsets.UTF_8));
        }
        return found.length() == 0 ? Give.text("query", "query") : found.toString();
    }

    private static Object cookies(Class<?> type) throws Exception {
        List<Object> made = new ArrayList<>();
        for (String key : Box.keys) {
            made.add(type.getConstructor(String.class, String.class).newInstance(key, Give.text("cookie", key)));
        }
        return made.toArray((Object[]) java.lang.reflect.Array.newInstance(type, 0));
    }

    private static Object stream(Class<?> type, byte[] data) throws Exception {
        Class<?> made = Class.forName(type.getName().replaceAll("\\.[^.]*$", ".BoxInput"));
        java.lang.reflect.Constructor<?> constructor = made.getConstructor(InputStream.class);
        return constructor.newInstance(new ByteArrayInputStream(data));
    }

    /** Answers a method of HttpServletResponse. */
    static Object response(Method method, Object[] given) throws Exception {
        Answer answer = Watch.now.answer;
        String key = given != null && given.length > 0 ? String.valueOf(given[0]) : null;
        switch (method.getName()) {
            case "getWriter": return answer.writer;
            case "getOutputStream": {
                Class<?> made = Class.forName(method.getReturnType().getName().replaceAll("\\.[^.]*$", ".BoxOutput"));
                return made.getConstructor(OutputStream.class).newInstance(answer.body);
            }
            case "setContentType": answer.header("Content-Type", key); return null;
            case "setHeader": case "addHeader": case "setIntHeader": case "addIntHeader": answer.header(key, given[1]); return null;
            case "setStatus": answer.status = (Integer) given[0]; return null;
            case "getStatus": return answer.status;
            case "getContentType": return answer.type.isEmpty() ? null : answer.type;
            case "sendError":
                answer.status = (Integer) given[0];
                answer.type = "text/plain"; // servers escape the message
                if (given.length > 1) {
                    answer.body.write(String.valueOf(given[1]).getBytes(StandardCharsets.UTF_8));
                }
                return null;
            case "sendRedirect":
                answer.status = 302;
                answer.header("Location", key);
                return null;
            case "addCookie": answer.header("Set-Cookie", given[0].toString()); return null;
            case "encodeURL": case "encodeRedirectURL": return key;
            case "isCommitted": return false;
            case "containsHeader": return false;
            case "resetBuffer": case "reset": answer.body.reset(); return null;
            default: return Give.constant(method.getReturnType());
        }
    }

    /** A request of the JDK's own server. */
    static final class Exchange extends HttpExchange {
        private final Headers asked = new Headers() {
            @Override
            public String getFirst(String key) {
                return Give.text("header", key);
            }
        };
        private final Headers answered = new Headers();
        private InputStream body;

        @Override
        public Headers getRequestHeaders() {
            return asked;
        }

        @Override
        public Headers getResponseHeaders() {
            return answered;
        }

        @Override
        public URI getRequestURI() {
            return URI.create("/" + (Box.source.contains("getPath()") ? encoded(Give.text("path", "part")) : "app") + "?" + query());
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2F", "/").replace("+", "%20");
        }

        @Override
        public String getRequestMethod() {
            return Box.method;
        }

        @Override
        public HttpContext getHttpContext() {
            return null;
        }

        @Override
        public void close() {}

        @Override
        public InputStream getRequestBody() {
            if (body == null) {
                StringBuilder form = new StringBuilder();
                for (String key : Box.keys) {
                    form.append(form.length() == 0 ? "" : "&").append(key).append('=')
                        .append(URLEncoder.encode(Give.text("form", key), StandardCharsets.UTF_8));
                }
                body = new ByteArrayInputStream(form.length() == 0 ? Give.bytes("body", "body")
                    : form.toString().getBytes(StandardCharsets.UTF_8));
            }
            return body;
        }

        @Override
        public OutputStream getResponseBody() {
            return Watch.now.answer.body;
        }

        @Override
        public void sendResponseHeaders(int status, long length) throws IOException {
            Answer answer = Watch.now.answer;
            answer.status = status;
            answered.forEach((name, values) -> values.forEach(value -> answer.header(name, value)));
        }

        @Override
        public InetSocketAddress getRemoteAddress() {
            return new InetSocketAddress("127.0.0.1", 4711);
        }

        @Override
        public int getResponseCode() {
            return Watch.now.answer.status;
        }

        @Override
        public InetSocketAddress getLocalAddress() {
            return new InetSocketAddress("127.0.0.1", 80);
        }

        @Override
        public String getProtocol() {
            return "HTTP/1.1";
        }

        @Override
        public Object getAttribute(String name) {
            return null;
        }

        @Override
        public void setAttribute(String name, Object value) {}

        @Override
        public void setStreams(InputStream in, OutputStream out) {}

        @Override
        public HttpPrincipal getPrincipal() {
            return null;
        }
    }
}
