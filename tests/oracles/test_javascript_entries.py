"""Entry points of JavaScript and TypeScript that are no plain functions, and code that was cut out of its project."""
# ruff: noqa: E501 - tables

import pytest

from conftest import need_tool
from seccoder.oracles.executed import Executed
from seccoder.oracles.executed.javascript.free_names import free_names
from seccoder.types import Source

pytestmark = pytest.mark.tool

RAW, BOUND = "`SELECT id FROM t WHERE n = '${{{}}}'`", "'SELECT id FROM t WHERE n = $1', [{}]"


def sql(name, code):
    """The same code twice: once with a statement that was put together, once with a parameter."""
    value = code.partition("SQL(")[2].partition(")SQL")[0]
    for expected, statement in (("vulnerable", RAW), ("secure", BOUND)):
        yield name, "CWE-89", expected, code.replace(f"SQL({value})SQL", statement.format(value)), "javascript"


def html(name, code, language="javascript"):
    """The same code twice: once with text as it is, once escaped."""
    value = code.partition("HTML(")[2].partition(")HTML")[0]
    for expected, shown in (
        ("vulnerable", value),
        ("secure", f"String({value}).replace(/[&<>\"']/g, (c) => '&#' + c.charCodeAt(0) + ';')"),
    ):
        yield name, "CWE-79", expected, code.replace(f"HTML({value})HTML", shown), language


CASES = [
    # methods and members
    *sql("object of methods", "const users = {\n  async find(name) { return (await this.pool.query(SQL(name)SQL)).rows; },\n};\nmodule.exports = users;\n"),
    *sql("exported members", "exports.pool = new (require('pg').Pool)();\nexports.find = async function (name) { return (await this.pool.query(SQL(name)SQL)).rows; };\n"),
    *sql("class without its constructor", "class Users extends Base {\n  async find(name) {\n    this.logger.debug('asked');\n    return this.db.query(SQL(name)SQL);\n  }\n}\nmodule.exports = Users;\n"),
    *html("controller", "class Page {\n  show(req, res) { res.send(`<h1>${HTML(req.query.name)HTML}</h1>`); }\n}\nmodule.exports = new Page();\nmodule.exports.Page = Page;\n"),
    *html("exported controller object", "module.exports = {\n  show(req, res) { res.send('<h1>' + HTML(req.params.name)HTML + '</h1>'); },\n  other() { return 1; },\n};\n".replace("req.params", "req.query")),
    *sql("async method alone", "async find(name) {\n  const { rows } = await this.pool.query(SQL(name)SQL);\n  return rows;\n}\n"),
    *html("typed method alone", "private render(user: User): void {\n  this.element.innerHTML = `<b>${HTML(user.name)HTML}</b>`;\n}\n", "typescript"),
    # what a parameter is, by its use
    *sql("a list within", "const { Pool } = require('pg');\nconst pool = new Pool();\nexports.search = async (criteria) => {\n  for (const filter of criteria.filters) await pool.query(SQL(filter.value.text)SQL);\n};\n"),
    *html("methods and dates", "exports.card = ({ user, due }, clock) => `<p>${HTML(user.getName())HTML} ${due.toISOString()} ${clock.getTime()}</p>`;\n"),
    *html("a form", "exports.page = (form) => `<p>${HTML(form.get('name'))HTML}</p>`;\n"),
    ("a document in an object", "CWE-943", "vulnerable", "exports.find = (users, body) => users.findOne({ name: body.name });\n", "javascript"),
    ("a document in an object", "CWE-943", "secure", "exports.find = (users, body) => users.findOne({ name: String(body.name) });\n", "javascript"),
    # routers and plugins
    *html("router that is made", "const express = require('express');\nmodule.exports = function routes(db) {\n  const router = express.Router();\n  router.get('/p/:name', (req, res) => res.send(`<p>${HTML(req.params.name)HTML}</p>`));\n  return router;\n};\n"),
    *html("application that is given", "module.exports = (app) => {\n  app.get('/p', (req, res) => { const { q } = req.query; res.send(`<p>${HTML(q)HTML}</p>`); });\n};\n"),
    *sql("fastify plugin", "const { Pool } = require('pg');\nconst pool = new Pool();\nmodule.exports = async function (fastify, opts) {\n  fastify.get('/u/:name', async (request, reply) => {\n    const { rows } = await pool.query(SQL(request.params.name)SQL);\n    return rows;\n  });\n};\n"),
    *html("koa router", "const Router = require('@koa/router');\nconst router = new Router();\nrouter.get('/p/:name', async (ctx) => { ctx.type = 'html'; ctx.body = `<p>${HTML(ctx.params.name)HTML}</p>`; });\nmodule.exports = router;\n"),
    *html("hono", "import { Hono } from 'hono';\nconst app = new Hono();\napp.get('/p', (c) => c.html(`<p>${HTML(c.req.query('name'))HTML}</p>`));\nexport default app;\n".replace("c.req.query('name')", "name").replace("=> c.html", "=> { const name = c.req.query('name'); return c.html").replace("</p>`));", "</p>`); });")),
    # handlers of web requests and of clouds
    *html("Next.js route", "export async function GET(request) {\n  const name = request.nextUrl.searchParams.get('name');\n  return new Response(`<h1>${HTML(name)HTML}</h1>`, { headers: { 'Content-Type': 'text/html' } });\n}\n"),
    *sql("Next.js route with a segment", "import { NextResponse } from 'next/server';\nimport { pool } from '@/lib/db';\nexport async function POST(request, { params }) {\n  const { id } = await params;\n  const { name } = await request.json();\n  const found = await pool.query(SQL(name)SQL);\n  return NextResponse.json({ id, found });\n}\n"),
    *html("typed Next.js page", "import type { NextApiRequest, NextApiResponse } from 'next';\nexport default function handler(req: NextApiRequest, res: NextApiResponse) {\n  const { name } = req.query;\n  res.setHeader('Content-Type', 'text/html');\n  res.end(`<p>${HTML(name)HTML}</p>`);\n}\n", "typescript"),
    *html("cloud function", "exports.handler = async (event) => {\n  const name = event.queryStringParameters?.name ?? '';\n  return { statusCode: 200, headers: { 'Content-Type': 'text/html' }, body: `<p>${HTML(name)HTML}</p>` };\n};\n"),
    *sql("remix loader", "import { json } from '@remix-run/node';\nimport { db } from '~/db.server';\nexport async function loader({ request, params }) {\n  return json(await db.query(SQL(params.slug)SQL));\n}\n"),
    *html("worker", "export default {\n  async fetch(request, env) {\n    const url = new URL(request.url);\n    const q = url.searchParams.get('q');\n    return new Response(`<p>${HTML(q)HTML}</p>`, { headers: { 'content-type': 'text/html' } });\n  },\n};\n"),
    *html("generator", "export async function* rows(names) {\n  for (const name of names) yield `<li>${HTML(name)HTML}</li>`;\n}\n"),
    # names that another file defines
    ("redirect of another file's application", "CWE-601", "vulnerable", "router.get('/go', (req, res) => res.redirect(req.query.to));\n", "javascript"),
    ("a list of places", "CWE-601", "secure", "router.get('/go', (req, res) => {\n  const to = String(req.query.to);\n  res.redirect(to.startsWith('/') && !/^\\/[\\/\\\\]/.test(to) ? to : '/');\n});\n", "javascript"),
    ("a folder of another file's", "CWE-22", "vulnerable", "app.get('/f', (req, res) => { fs.readFile(path.join(config.uploads.dir, req.query.name), 'utf8', (error, text) => (error ? res.sendStatus(404) : res.send(text))); });\n", "javascript"),
    ("a folder of another file's", "CWE-22", "secure", "app.get('/f', (req, res) => { fs.readFile(path.join(UPLOAD_DIR, path.basename(req.query.name)), 'utf8', (error, text) => (error ? res.sendStatus(404) : res.send(text))); });\n", "javascript"),
    ("a page's script", "CWE-79", "vulnerable", "function show(name) {\n  document.getElementById('greeting').innerHTML = 'Hello ' + name;\n}\n", "javascript"),
    ("a page's script", "CWE-79", "secure", "function show(name) {\n  document.getElementById('greeting').textContent = 'Hello ' + name;\n}\n", "javascript"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("cwe", "expected", "code", "language"), [case[1:] for case in CASES], ids=[f"{c[1]}-{c[2]}-{c[0]}" for c in CASES]
)
def test_both_ways(boxed, cwe, expected, code, language):
    for tool in ("node", "esbuild") if language == "typescript" else ("node",):
        need_tool(tool)
    (check,) = Executed().check([Source(code, language, cwe)])
    assert check.flagged == (expected == "vulnerable"), check
    assert check.exercised, check


def test_a_verdict_names_the_stand_ins_on_which_it_rests(boxed):
    need_tool("node")
    code = "app.get('/x', (req, res) => exec('host ' + req.query.name, (error, out) => res.send(out)));\n"
    (check,) = Executed().check([Source(code, "javascript", "CWE-78")])
    assert check.flagged
    assert [each.reason for each in check.not_tried] == [
        "defined elsewhere, so that stand-ins took their place: app, exec"
    ]


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("app.get('/', (req, res) => send(res, { title }))", ["app", "send", "title"]),
        ("const { a, b: c = d, ...rest } = e; function f(g = h) { return i => j; }", ["d", "e", "h", "j"]),
        ("for (const k of items) try { k() } catch (error) { log(error) }", ["items", "log"]),
        ("import x, { y as z } from 'w'; x(z, y);", []),
        ("if (typeof window !== 'undefined') window.go(); counter = 1; console.log(counter, process.env);", []),
        ("class A extends B { #p; static q() { return this.#p + super.q() } } label: while (1) break label;", ["B"]),
        ("const text = `${one} ${two.three}`; ({ method() { return four } })[five];", ["one", "two", "four", "five"]),
    ],
)
def test_names_of_elsewhere(code, names):
    assert sorted(free_names(code)) == sorted(names)


def test_what_the_grammar_takes_for_a_name_is_none():
    text = 'app.get("/x", async (req, res) => res.send(await (await fetch(req.query.url)).text()));'
    assert free_names(text) == ["app"]


HEAD = """const express = require("express");
const { exec, execFile } = require("child_process");
const fs = require("fs");
const path = require("path");
const escapeHtml = require("escape-html");
const db = require("mysql2").createConnection({ host: "localhost" });
const app = express();
"""
WEAK = (
    HEAD
    + """function note(kind, name) {
  return kind === "full" ? fs.readFileSync("/srv/files/" + name, "utf8") : "short";
}
app.get("/user", (req, res) => db.query("SELECT id FROM u WHERE n = '" + req.query.n + "'", (e, rows) => res.json(rows)));
app.get("/ping", (req, res) => exec("ping -c 1 " + req.query.host, (e, out) => res.type("text").send(out)));
app.get("/hello", (req, res) => res.send("<h1>Hello " + req.query.who + "</h1>"));
app.get("/note", (req, res) => res.type("text").send(note(req.query.kind, req.query.name)));
app.get("/go", (req, res) => res.redirect(req.query.next));
"""
)
SOUND = (
    HEAD
    + """app.get("/user", (req, res) => db.query("SELECT id FROM u WHERE n = ?", [req.query.n], (e, rows) => res.json(rows)));
app.get("/ping", (req, res) => execFile("ping", ["-c", "1", "--", req.query.host], (e, out) => res.type("text").send(out)));
app.get("/hello", (req, res) => res.send("<h1>Hello " + escapeHtml(req.query.who) + "</h1>"));
app.get("/file", (req, res) => res.type("text").send(fs.readFileSync("/srv/files/" + path.basename(req.query.name), "utf8")));
"""
)


def test_an_application_without_a_target_is_attacked_route_by_route(boxed):
    need_tool("node")
    (check,) = Executed().check([Source(WEAK, "javascript")])
    lines = WEAK.split("\n")
    found = {finding.cwe: lines[(finding.line or 0) - 1] for finding in check.findings}
    assert set(found) == {"CWE-22", "CWE-78", "CWE-79", "CWE-89", "CWE-601"}
    # a handler of one line is where its operation is, and one in a function behind a route is still looked for
    for cwe, words in (("CWE-79", "/hello"), ("CWE-601", "/go"), ("CWE-89", "/user"), ("CWE-78", "/ping")):
        assert words in found[cwe]


def test_a_sound_application_without_a_target_is_cleared(boxed):
    need_tool("node")
    (check,) = Executed().check([Source(SOUND, "javascript")])
    assert (check.flagged, check.exercised, check.reason) == (False, True, "")
    assert {operation.kind for operation in check.operations} == {"sql", "commands", "markup", "paths"}


def test_a_path_as_a_whole_is_its_callers_choice_unless_the_text_asks_what_it_is_like(boxed):
    need_tool("node")
    text = """const fs = require("fs");
const fine = (name) => !name.startsWith("..");
function load(path) { return fs.readFileSync(path, "utf8"); }
async function save(file, data) { await fs.promises.writeFile(file + ".tmp", data); fs.renameSync(file + ".tmp", file); }
function guarded(path) { if (!fine(path)) throw new Error(path); return fs.readFileSync(path, "utf8"); }
function below(file) { return fs.readFileSync("/srv/files/" + file, "utf8"); }
module.exports = { load, save, guarded, below };
"""
    (check,) = Executed().check([Source(text, "javascript")])
    assert {finding.entry for finding in check.findings} == {"guarded()", "below()"}
    assert {each.entry for each in check.not_tried if "is the path" in each.reason} == {"load()", "save()"}
    (aimed,) = Executed().check([Source(text, "javascript", "CWE-22")])
    assert "load()" in {finding.entry for finding in aimed.findings}
