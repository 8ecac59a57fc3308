# secure: tojson also escapes the angle brackets
from flask import Flask, render_template_string, request

app = Flask(__name__)


@app.post("/profile")
def profile():
    data = request.get_json(silent=True) or {}
    return render_template_string("<script>var name = {{ name|tojson }};</script>", name=data.get("name", ""))
