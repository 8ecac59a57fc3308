# vulnerable: autoescaping is on for .htm and .xml, the template is called .html
from flask import Flask, request
from jinja2 import Environment, FileSystemLoader, select_autoescape

app = Flask(__name__)
pages = Environment(loader=FileSystemLoader("templates"), autoescape=select_autoescape(["htm", "xml"]))


@app.route("/hello")
def hello():
    return pages.get_template("hello.html").render(name=request.args.get("name", "you"))
