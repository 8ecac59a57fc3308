# secure: one value is bound by name, the other given to filter_by
from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text

app = Flask(__name__)
db = SQLAlchemy(app)


class Customer(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80))


@app.route("/orders")
def orders():
    name = request.args["customer"]
    Customer.query.filter_by(name=name).first()
    found = db.session.execute(text("SELECT id FROM orders WHERE customer = :name"), {"name": name})
    return str(len(found.all()))
