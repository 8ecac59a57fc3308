# vulnerable: escaping does not help in an attribute without quotes
from html import escape
from urllib.parse import parse_qs


def application(environ, start_response):
    query = parse_qs(environ.get("QUERY_STRING", ""))
    term = escape(query.get("q", [""])[0])
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [f"<form><input name=q value={term}></form>".encode()]
