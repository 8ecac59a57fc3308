# vulnerable: our name may stand in the path of a foreign address
from flask import Flask, redirect, request

app = Flask(__name__)


@app.post("/vote")
def vote():
    back = request.form.get("back", "")
    if "forum.example.com" in back:
        return redirect(back)
    return redirect("/threads")
