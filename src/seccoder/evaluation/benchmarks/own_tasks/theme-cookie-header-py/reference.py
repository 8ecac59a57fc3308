def theme_cookie(theme):
    """Return the line of a response that sets the cookie theme, such as "Set-Cookie: theme=dark; Path=/"."""
    if not theme.isalnum():
        raise ValueError("no such theme")
    return f"Set-Cookie: theme={theme}; Path=/"
