# vulnerable: the title is escaped, the body beside it is not
from flask import Blueprint, Flask, request
from markupsafe import escape

notes = Blueprint("notes", __name__)


@notes.route("/note", methods=["POST"])
def note():
    title = escape(request.form["title"])
    body = request.form["body"]
    return f"<article><h2>{title}</h2><p>{body}</p></article>"


app = Flask(__name__)
app.register_blueprint(notes, url_prefix="/v1")
