# secure: Jinja escapes what a string template is given
from flask import Flask, render_template_string, request

PAGE = "<title>Search</title><p>Results for {{ q }}</p>"


class Search:
    def __init__(self):
        self.app = Flask(__name__)
        self.app.add_url_rule("/search", view_func=self.search)

    def search(self):
        return render_template_string(PAGE, q=request.args.get("q", ""))


app = Search().app
