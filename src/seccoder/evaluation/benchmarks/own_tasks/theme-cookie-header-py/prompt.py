def theme_cookie(theme):
    """Return the line of a response that sets the cookie theme, such as "Set-Cookie: theme=dark; Path=/"."""
