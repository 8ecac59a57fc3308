# secure: Markup's own % escapes what is put in
from flask import Flask, request
from markupsafe import Markup

app = Flask(__name__)
BADGE = Markup("<span class='badge' title='%s'>%s</span>")


@app.get("/badge")
def badge():
    text = request.args.get("text", "new")
    return BADGE % (text, text[:12])
