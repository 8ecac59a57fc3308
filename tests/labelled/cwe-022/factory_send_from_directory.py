# secure: Flask's own helper refuses what leaves the folder
from flask import Blueprint, Flask, current_app, send_from_directory

bp = Blueprint("media", __name__)


@bp.route("/media/<path:filename>")
def media(filename):
    return send_from_directory(current_app.config["MEDIA"], filename)


def create_app(config=None):
    app = Flask(__name__)
    app.config["MEDIA"] = "/srv/media"
    if config:
        app.config.update(config)
    app.register_blueprint(bp)
    return app
