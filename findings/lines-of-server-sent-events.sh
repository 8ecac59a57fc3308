#!/usr/bin/env bash
# httpx: `Response.iter_lines` is used by clients of model servers to read server-sent events. It splits as Python's
# `str.splitlines` does, so also at U+0085, U+2028 and U+2029. In the format of events (WHATWG HTML, "event streams") a
# line ends with CR, LF or both only, and JSON may hold those characters as they stand: an event of valid JSON comes in
# two pieces, of which neither is JSON.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check httpx==0.28.1 httpx2==2.16.2
"$folder/venv/bin/python" - <<'END'
import json

import httpx
import httpx2

event = {"text": "one\u2028two"}
body = f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()
headers = {"content-type": "text/event-stream"}
seen = {}
for library in (httpx, httpx2):
    response = library.Response(200, headers=headers, content=body, request=library.Request("GET", "http://example.org"))
    seen[library.__name__] = list(response.iter_lines())
    print(f"{library.__name__} {library.__version__}: iter_lines gives {seen[library.__name__]!r}")
response = httpx2.Response(200, headers=headers, content=body, request=httpx2.Request("GET", "http://example.org"))
events = [json.loads(each.data) for each in httpx2.EventSource(response)]
print(f"expected by the format: one line, and the event {event!r}")
print(f"httpx2 {httpx2.__version__}: EventSource gives {events!r}")
assert all(lines == ['data: {"text": "one', 'two"}', ""] for lines in seen.values()), "iter_lines changed"
assert events == [event], "EventSource changed"
END
