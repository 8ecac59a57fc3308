# secure: the folder of the resolved path must be the reports folder itself
import os

from flask import Flask, abort
from flask.views import MethodView

REPORTS = "/srv/reports"


class ReportView(MethodView):
    def get(self, name):
        path = os.path.realpath(os.path.join(REPORTS, name + ".csv"))
        if os.path.dirname(path) != os.path.realpath(REPORTS) or not os.path.exists(path):
            abort(404)
        with open(path) as fh:
            return fh.read()


app = Flask(__name__)
app.add_url_rule("/report/<path:name>", view_func=ReportView.as_view("report"))
