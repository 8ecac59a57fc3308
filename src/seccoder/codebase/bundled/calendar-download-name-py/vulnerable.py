from http.server import BaseHTTPRequestHandler

CALENDARS: dict[str, tuple[str, bytes]] = {}


class CalendarHandler(BaseHTTPRequestHandler):
    """Sends the calendars in `CALENDARS`, which has title and content by id."""

    def do_GET(self) -> None:
        title, content = CALENDARS.get(self.path.removeprefix("/").removesuffix(".ics"), ("", b""))
        if not content:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/calendar; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Disposition", f'attachment; filename="{title}.ics"')
        self.end_headers()
        self.wfile.write(content)
