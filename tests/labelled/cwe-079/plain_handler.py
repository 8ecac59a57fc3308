# vulnerable: a handler of the standard library writes the query into its page
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit


class Search(BaseHTTPRequestHandler):
    def do_GET(self):
        term = parse_qs(urlsplit(self.path).query).get("q", [""])[0]
        page = f"<!doctype html><title>Search</title><p>Nothing found for <em>{term}</em>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())
