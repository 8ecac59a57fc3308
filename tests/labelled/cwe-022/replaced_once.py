# vulnerable: "....//" becomes "../" after one pass of replace
from flask import Blueprint, Flask, Response

pages = Blueprint("pages", __name__, url_prefix="/pages")


@pages.get("/<path:name>")
def show(name):
    name = name.replace("../", "")
    try:
        with open("/srv/pages/" + name, encoding="utf-8") as page:
            return Response(page.read(), mimetype="text/plain")
    except OSError:
        return Response("not found", status=404)


def create_app():
    app = Flask(__name__)
    app.register_blueprint(pages)
    return app
