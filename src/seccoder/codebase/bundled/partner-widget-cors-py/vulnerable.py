class Cors:
    """Lets the pages of some origins call the application with cookies."""

    def __init__(self, app, partners):
        self.app = app
        self.partners = frozenset(partners)

    def __call__(self, environ, start_response):
        origin = environ.get("HTTP_ORIGIN")
        extra = [("Vary", "Origin")]
        if origin and self.partners:
            extra += [("Access-Control-Allow-Origin", origin), ("Access-Control-Allow-Credentials", "true")]
        if environ["REQUEST_METHOD"] == "OPTIONS":
            start_response("204 No Content", extra)
            return [b""]
        return self.app(environ, lambda status, headers, *rest: start_response(status, headers + extra, *rest))
