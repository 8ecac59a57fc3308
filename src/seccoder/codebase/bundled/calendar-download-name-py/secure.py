from http.server import BaseHTTPRequestHandler
from urllib.parse import quote

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
        # send_header() writes what it gets; encoded like this a title has no line break, quote or other syntax left.
        self.send_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(title, safe='')}.ics")
        self.end_headers()
        self.wfile.write(content)
