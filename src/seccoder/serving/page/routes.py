"""Makes routes of the page for a Starlette application: they read the fields, ask the page in a thread, and pass on.

A server may keep who reaches it as strict as its own requests; these routes add nothing to that. A form may have
`MAX_FORM` bytes, and only the usual encoding of a form without files is read.
"""

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from seccoder.serving.page.page import MAX_FIELD, Page

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

MAX_FORM = 8 * MAX_FIELD  # an encoded character may take nine bytes, but no form is all of such
MAX_FIELDS = 20


def routes(page: Page) -> list["BaseRoute"]:
    """Return the routes of the page: `/`, `/requests/N`, `/codebase`, `/codebase/ID` and `/try`."""
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import Response
    from starlette.routing import Route

    async def answer(request: "Request") -> "Response":
        sent = bytearray()
        async for piece in request.stream():
            sent += piece
            if len(sent) > MAX_FORM:
                return Response(f"a form may have {MAX_FORM:,} bytes", 413)
        encoded = sent.decode("latin-1") if request.method == "POST" else request.url.query
        try:
            fields = dict(parse_qsl(encoded, keep_blank_values=True, max_num_fields=MAX_FIELDS))
        except ValueError:
            return Response(f"a form may have {MAX_FIELDS} fields", 400)
        done = await run_in_threadpool(page.answer, request.method, request.url.path, fields)
        return Response(done.body, done.status, done.headers)

    places = ["/", "/requests/{number}", "/codebase", "/codebase/{id}", "/try"]
    return [Route(place, answer, methods=["GET", "POST"]) for place in places]
