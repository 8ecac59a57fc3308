# vulnerable: select_autoescape covers html only and the template is called .txt, the answer is HTML all the same
from flask import Flask, request
from jinja2 import DictLoader, Environment, select_autoescape

app = Flask(__name__)
templates = Environment(
    loader=DictLoader({"hello.txt": "<h1>Hello {{ who }}</h1>"}),
    autoescape=select_autoescape(["html", "xml"]),
)


@app.route("/hello")
def hello():
    return templates.get_template("hello.txt").render(who=request.args.get("who", "you"))
