from typing import TypedDict

from flask import Flask, render_template_string


class Place(TypedDict):
    title: str
    lat: float
    lon: float


PLACES: list[Place] = []
# tojson escapes < > & and the apostrophe, but not the double quote: the attribute has to be in single quotes.
PAGE = """<!doctype html>
<title>Our places</title>
<h1>{{ places | length }} places</h1>
<div id="map" data-places='{{ places | tojson }}'></div>
<script src="/static/map.js"></script>"""

app = Flask(__name__)


@app.get("/map")
def show_map() -> str:
    return render_template_string(PAGE, places=PLACES)
