def next_page(parameters):
    """Return where the browser goes after signing in: the page of our site in parameters["next"], or /home.

    The parameters are those of the request, a dict of texts.
    """
    return parameters.get("next", "/home")
