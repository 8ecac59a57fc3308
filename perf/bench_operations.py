"""Measures executed checks without a target, and one with (`python perf/bench_operations.py [--against CHECKOUT]`).

Each file is checked by `seccoder check --oracle executed`, in a process of its own, by this build and by the one of
another checkout in turns. The processor time is that of the whole machine, because what runs in a box is no child of
ours: nothing else may run beside it. No result is taken from the cache. Without `--against` the peer is an interpreter
that only loads Flask. Modules are compiled before it is measured, as they are where the package is installed.
"""

# ruff: noqa: E501

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = "from flask import Flask, redirect, request\napp = Flask(__name__)\n"
WEAK = (
    HEAD
    + """import os, sqlite3, subprocess, requests
@app.route("/user")
def user():
    return str(sqlite3.connect("a.db").execute("SELECT id FROM u WHERE n = '%s'" % request.args["n"]).fetchall())
@app.route("/ping")
def ping():
    return subprocess.run("ping -c 1 " + request.args["host"], shell=True, capture_output=True, text=True).stdout
@app.route("/hello")
def hello():
    return "<h1>Hello " + request.args.get("who", "world") + "</h1>"
@app.route("/file")
def file():
    return open(os.path.join("/srv/files", request.args["name"])).read(), 200, {"Content-Type": "text/plain"}
@app.route("/go")
def go():
    return redirect(request.args.get("next", "/"))
@app.route("/fetch")
def fetch():
    return requests.get(request.args["url"], timeout=3).text
"""
)
SOUND = (
    HEAD
    + """import os, sqlite3, subprocess
from html import escape
@app.route("/user")
def user():
    return str(sqlite3.connect("a.db").execute("SELECT id FROM u WHERE n = ?", (request.args["n"],)).fetchall())
@app.route("/ping")
def ping():
    return {"code": subprocess.run(["ping", "-c", "1", "--", request.args["host"]]).returncode}
@app.route("/hello")
def hello():
    return "<h1>Hello " + escape(request.args.get("who", "world")) + "</h1>"
@app.route("/file")
def file():
    name = os.path.basename(request.args["name"])
    return open(os.path.join("/srv/files", name)).read(), 200, {"Content-Type": "text/plain"}
"""
)
EXPRESS = """const express = require("express");
const { exec } = require("child_process");
const fs = require("fs");
const mysql = require("mysql2");
const db = mysql.createConnection({ host: "localhost" });
const app = express();
app.get("/user", (req, res) => db.query("SELECT id FROM u WHERE n = '" + req.query.n + "'", (e, rows) => res.json(rows)));
app.get("/ping", (req, res) => exec("ping -c 1 " + req.query.host, (e, out) => res.type("text").send(out)));
app.get("/hello", (req, res) => res.send("<h1>Hello " + req.query.who + "</h1>"));
app.get("/file", (req, res) => res.type("text").send(fs.readFileSync("/srv/files/" + req.query.name, "utf8")));
app.get("/go", (req, res) => res.redirect(req.query.next));
app.get("/fetch", async (req, res) => res.type("text").send(await (await fetch(req.query.url)).text()));
module.exports = app;
"""
EXPRESS_SOUND = (
    EXPRESS.split("app.get(")[0]
    + """const path = require("path");
const escapeHtml = require("escape-html");
app.get("/user", (req, res) => db.query("SELECT id FROM u WHERE n = ?", [req.query.n], (e, rows) => res.json(rows)));
app.get("/hello", (req, res) => res.send("<h1>Hello " + escapeHtml(req.query.who) + "</h1>"));
app.get("/file", (req, res) => res.type("text").send(fs.readFileSync("/srv/files/" + path.basename(req.query.name), "utf8")));
app.get("/ping", (req, res) => exec("ping -c 1 localhost", (e, out) => res.type("text").send(out)));
module.exports = app;
"""
)
FILES = {
    "six routes, six weaknesses (Flask)": ("weak.py", WEAK, None),
    "six routes, six weaknesses (Express)": ("weak.js", EXPRESS, None),
    "four sound routes (Flask)": ("sound.py", SOUND, None),
    "four sound routes (Express)": ("sound.js", EXPRESS_SOUND, None),
    "three lines without an operation": ("add.py", 'def add(a, b):\n    """Add."""\n    return a + b\n', None),
    "one route for CWE-22": ("one.py", WEAK.split('@app.route("/user")')[0] + '@app.route("/file")' + WEAK.split('@app.route("/file")')[1].split("@app")[0], "CWE-22"),
}  # fmt: skip


def busy() -> float:
    """Processor seconds that the machine has spent on anything."""
    fields = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
    return (sum(fields[:8]) - fields[3] - fields[4]) / os.sysconf("SC_CLK_TCK")


def measured(command: list[str], source: str, compiled: str) -> tuple[float, float, str]:
    """Seconds by the clock, seconds of the processor, and what was said."""
    compiles = {"PYTHONPYCACHEPREFIX": compiled, "PYTHONDONTWRITEBYTECODE": ""}
    began, spent = time.perf_counter(), busy()
    done = subprocess.run(
        command, env={**os.environ, **compiles, "PYTHONPATH": source}, capture_output=True, text=True, check=False
    )
    return time.perf_counter() - began, busy() - spent, done.stdout


def main() -> None:
    """Print one line per file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", type=Path, help="a checkout of another build")
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; best of {given.repeat}: clock, processor")
    with tempfile.TemporaryDirectory() as folder:
        for name, (file, text, cwe) in FILES.items():
            path = Path(folder) / file
            path.write_text(text)
            check = [sys.executable, "-m", "seccoder", "check", str(path), "--json", "--oracle", "executed"]
            check += ["--cwe", cwe] if cwe else []
            peer = check if given.against else [sys.executable, "-c", "import flask"]
            other = str(given.against / "src") if given.against else ""
            mine, theirs = [], []
            for _ in range(given.repeat + 1):
                mine.append(measured([*check, "--no-cache"], str(ROOT / "src"), f"{folder}/compiled"))
                theirs.append(measured(peer, other, f"{folder}/compiled"))
            clock, processor, said = min(mine[1:])  # the first one compiled the modules
            theirs = theirs[1:]
            found = json.loads(said)["files"][0]
            print(
                f"{name}: {clock:.2f} s, {processor:.2f} s (peer {min(theirs)[0]:.2f} s, {min(theirs)[1]:.2f} s, "
                f"ratio {min(theirs)[1] / processor:.1f}): {found['verdict']} {' '.join(found['cwes'])}"
            )


if __name__ == "__main__":
    main()
