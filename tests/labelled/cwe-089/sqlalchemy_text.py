# vulnerable: text() binds nothing that is formatted into it
from flask import Flask, jsonify, request
from sqlalchemy import create_engine, text

app = Flask(__name__)
engine = create_engine("postgresql://localhost/shop")


@app.route("/orders")
def orders():
    with engine.connect() as connection:
        found = connection.execute(text(f"SELECT id FROM orders WHERE customer = '{request.args['customer']}'"))
        return jsonify([row[0] for row in found])
