# vulnerable: Markup is told that the already formatted text is safe
from flask import Flask, render_template_string, request
from markupsafe import Markup

app = Flask(__name__)


@app.get("/welcome")
def welcome():
    banner = Markup("<b>%s</b>" % request.args.get("name", "guest"))
    return render_template_string("<p>{{ banner }}</p>", banner=banner)
