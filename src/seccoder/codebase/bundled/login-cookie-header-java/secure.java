public final class LoginCookie {
    private LoginCookie() {}

    public static String header(String token) {
        if (!token.matches("[A-Za-z0-9_-]{16,128}")) {
            throw new IllegalArgumentException("not a token");
        }
        // __Host-: the browser itself insists on Secure, on the path and on no domain.
        return "__Host-login=" + token + "; Path=/; Max-Age=28800; Secure; HttpOnly; SameSite=Lax";
    }
}
