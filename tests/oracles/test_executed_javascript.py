"""Both ways for the executed JavaScript oracle, and code that tries to pass for secure."""
# ruff: noqa: E501

import textwrap
from dataclasses import dataclass

import pytest

from conftest import need_tool
from seccoder.oracles.executed import Executed
from seccoder.oracles.executed.javascript import check as javascript
from seccoder.oracles.executed.javascript.discover import read
from seccoder.types import Source

pytestmark = pytest.mark.tool

EXPRESS = "const express = require('express');\nconst fs = require('fs');\nconst path = require('path');\nconst app = express();\napp.use(express.json());\n"


@dataclass(frozen=True)
class Case:
    """`expected` is secure, vulnerable or inert."""

    name: str
    cwe: str
    expected: str
    code: str
    language: str = "javascript"


def view(name, cwe, expected, body, head=""):
    """An express application with one route."""
    return Case(
        name,
        cwe,
        expected,
        f"{EXPRESS}{textwrap.dedent(head)}\napp.get('/x', async (req, res) => {{\n{textwrap.dedent(body)}\n}});\napp.listen(3000);\n",
    )


def plain(name, cwe, expected, code, language="javascript"):
    return Case(name, cwe, expected, textwrap.dedent(code), language)


CASES = [
    # --- CWE-22 ---
    view("joined", "CWE-22", "vulnerable", "res.send(fs.readFileSync(path.join(__dirname, 'docs', req.query.name), 'utf8'));"),
    view("piped", "CWE-22", "vulnerable", "fs.createReadStream('./uploads/' + req.query.file).on('error', () => res.sendStatus(404)).pipe(res);"),
    view("prefix without separator", "CWE-22", "vulnerable", "const p = path.resolve('docs', req.query.name);\nif (!p.startsWith(path.resolve('docs'))) return res.sendStatus(403);\nres.sendFile(p);"),
    plain("dots removed once", "CWE-22", "vulnerable", "import { readFile } from 'node:fs/promises';\nexport async function page(folder, name) {\n  return readFile(`${folder}/${name.replace('../', '')}`, 'utf8');\n}\n"),
    plain(
        "handler without a framework",
        "CWE-22",
        "vulnerable",
        """
        const http = require('http'), fs = require('fs'), url = require('url');
        http.createServer((req, res) => {
          const { pathname } = url.parse(req.url);
          fs.readFile('public' + decodeURIComponent(pathname), (error, data) => {
            if (error) { res.writeHead(404); return res.end(); }
            res.writeHead(200); res.end(data);
          });
        }).listen(80);
        """,
    ),
    view("prefix with separator", "CWE-22", "secure", "const root = path.resolve('docs'), p = path.resolve(root, req.query.name);\nif (!p.startsWith(root + path.sep)) return res.sendStatus(403);\nres.sendFile(p);"),
    view("root given", "CWE-22", "secure", "res.sendFile(req.query.name, { root: path.join(__dirname, 'docs') });"),
    view("basename", "CWE-22", "secure", "res.send(await fs.promises.readFile(path.join('docs', path.basename(req.query.name)), 'utf8'));"),
    view("opens nothing", "CWE-22", "inert", "res.send('done ' + req.query.name.length);"),
    # --- CWE-78 ---
    view("exec", "CWE-78", "vulnerable", "exec(`ping -c 1 ${req.query.host}`, (e, out) => res.send(out));", head="const { exec } = require('child_process');"),
    plain("promisified", "CWE-78", "vulnerable", "const { promisify } = require('node:util');\nconst run = promisify(require('node:child_process').exec);\nmodule.exports = async function convert(input) {\n  await run(`convert \"${input}\" out.png`);\n};\n"),
    plain("spawn in a shell", "CWE-78", "vulnerable", "import { spawnSync } from 'child_process';\nexport const look = (name) => spawnSync('whois', [name], { shell: true }).stdout.toString();\n"),
    plain("execFile", "CWE-78", "secure", "const { execFileSync } = require('child_process');\nfunction look(name) { return execFileSync('whois', ['--', name]).toString(); }\nmodule.exports = { look };\n"),
    view("full match", "CWE-78", "secure", "if (!/^[\\w.-]+$/.test(req.query.host)) return res.sendStatus(400);\nexecSync('ping -c 1 ' + req.query.host);\nres.send('ok');", head="const { execSync } = require('child_process');"),
    view("never run", "CWE-78", "inert", "res.send('ping ' + req.query.host);"),
    # --- CWE-79 ---
    view("template text", "CWE-79", "vulnerable", "const { name = 'you' } = req.query;\nres.send(`<h1>Hello ${name}</h1>`);"),
    view("angle brackets only", "CWE-79", "vulnerable", "res.send('<input value=\"' + req.query.q.replace(/</g, '&lt;').replace(/>/g, '&gt;') + '\">');"),
    plain("object", "CWE-79", "vulnerable", "function card(user) {\n  return `<div><a href=\"${user.site.replace(/\"/g, '&quot;')}\">x</a></div>`;\n}\nmodule.exports = { card };\n"),
    plain("koa", "CWE-79", "vulnerable", "const Koa = require('koa'), Router = require('@koa/router');\nconst router = new Router();\nrouter.get('/', (ctx) => { ctx.body = `<p>${ctx.query.q}</p>`; });\nnew Koa().use(router.routes()).listen(1);\n"),
    plain("typed", "CWE-79", "vulnerable", "interface Member { name: string }\nexport function greet(member: Member): string {\n  return `<b>${member.name as string}</b>`;\n}\n", language="typescript"),
    view("escaped", "CWE-79", "secure", "res.send(`<h1>${escape(req.query.name)}</h1>`);", head="const escape = (t) => String(t).replace(/[&<>\"']/g, (c) => '&#' + c.charCodeAt(0) + ';');"),
    view("plain text", "CWE-79", "secure", "res.type('text/plain').send(req.query.name);"),
    view("JSON", "CWE-79", "secure", "res.json({ hello: req.query.name });"),
    plain("typed", "CWE-79", "secure", "const E: Record<string, string> = { '<': '&lt;', '&': '&amp;' };\nexport const greet = (name: string): string => `<b>${name.replace(/[<&]/g, (c) => E[c]!)}</b>`;\n", language="typescript"),
    view("not shown", "CWE-79", "inert", "res.send('<p>' + req.query.name.length + '</p>');"),
    # --- CWE-89 ---
    view("concatenated", "CWE-89", "vulnerable", "db.query(\"SELECT * FROM users WHERE name = '\" + req.query.name + \"'\", (e, rows) => res.json(rows));", head="const db = require('mysql').createConnection({});"),
    plain("order", "CWE-89", "vulnerable", "export async function list(client, { sort = 'name' }) {\n  const { rows } = await client.query(`SELECT * FROM t ORDER BY ${sort}`);\n  return rows;\n}\n"),
    plain("quotes doubled for MySQL", "CWE-89", "vulnerable", "const mysql = require('mysql2/promise');\nexports.find = async (name) => {\n  const db = await mysql.createConnection({});\n  const [rows] = await db.query(`SELECT * FROM u WHERE n = '${name.replace(/'/g, \"''\")}' AND x = 1`);\n  return rows;\n};\n"),
    plain("knex raw", "CWE-89", "vulnerable", "const knex = require('knex')({ client: 'sqlite3' });\nmodule.exports.find = (name) => knex('users').whereRaw(`name = '${name}'`).first();\n"),
    plain("class", "CWE-89", "vulnerable", "class Users {\n  constructor(db) { this.db = db; }\n  async find(name) { return this.db.get(`SELECT * FROM users WHERE name = '${name}'`); }\n}\nmodule.exports = Users;\n"),
    view("parameters", "CWE-89", "secure", "const { rows } = await pool.query('SELECT * FROM users WHERE name = $1', [req.query.name]);\nres.json(rows);", head="const { Pool } = require('pg');\nconst pool = new Pool();"),
    plain("better-sqlite3", "CWE-89", "secure", "import Database from 'better-sqlite3';\nconst db = new Database('a.db');\nexport function find(name) { return db.prepare('SELECT * FROM u WHERE n = ?').all(name); }\n"),
    plain("knex", "CWE-89", "secure", "const knex = require('knex')({ client: 'pg' });\nmodule.exports.find = (name) => knex('users').where({ name }).first();\n"),
    plain("tagged", "CWE-89", "secure", "import postgres from 'postgres';\nconst sql = postgres();\nexport const find = (name) => sql`SELECT * FROM u WHERE n = ${name}`;\n"),
    view("never sent", "CWE-89", "inert", "const q = `SELECT '${req.query.name}'`;\nres.send('ok');"),
    # --- CWE-94, CWE-502 ---
    plain("eval", "CWE-94", "vulnerable", "exports.sum = (text) => eval(text);\n"),
    plain("Function", "CWE-94", "vulnerable", "module.exports = function rule(text) { return new Function('x', `return ${text}`)(1); };\n"),
    plain("vm", "CWE-94", "vulnerable", "import vm from 'node:vm';\nexport function applies(rule, reading = {}) { return Boolean(vm.runInNewContext(rule, { reading })); }\n"),
    plain("numbers", "CWE-94", "secure", "exports.sum = (text) => text.split('+').reduce((a, b) => a + Number(b), 0);\n"),
    plain("node-serialize", "CWE-502", "vulnerable", "const { unserialize } = require('node-serialize');\nexports.load = (text) => unserialize(text);\n"),
    plain("JSON", "CWE-502", "secure", "exports.load = (text) => JSON.parse(text);\n"),
    # --- CWE-601 ---
    view("redirect", "CWE-601", "vulnerable", "res.redirect(req.query.to || '/');"),
    view("slash first", "CWE-601", "vulnerable", "res.redirect(req.query.to.startsWith('/') ? req.query.to : '/');"),
    view("parsed against ourselves", "CWE-601", "secure", "const to = new URL(req.query.to, 'http://localhost');\nres.redirect(to.origin === 'http://localhost' ? to.pathname.replace(/^\\/+/, '/') : '/');"),
    # --- CWE-918 ---
    view("axios", "CWE-918", "vulnerable", "const r = await axios.get(req.query.url);\nres.json(r.data);", head="const axios = require('axios');"),
    plain("host ends in ours", "CWE-918", "vulnerable", "export async function image(address) {\n  const url = new URL(address);\n  if (!url.hostname.endsWith('shop.com')) throw new Error('host');\n  const answer = await fetch(url);\n  return answer.text();\n}\n"),
    plain("redirection followed", "CWE-918", "vulnerable", "import dns from 'node:dns/promises';\nexport async function image(address) {\n  const { address: ip } = await dns.lookup(new URL(address).hostname);\n  if (/^(127|10|0|169\\.254|192\\.168|100|172|::)/.test(ip)) throw new Error('inside');\n  return (await fetch(address)).text();\n}\n"),
    view("allowed hosts", "CWE-918", "secure", "const url = new URL(req.query.url);\nif (url.protocol !== 'https:' || url.hostname !== 'img.shop.com') return res.sendStatus(400);\nconst r = await fetch(url, { redirect: 'error' });\nres.send(await r.text());"),
    # --- CWE-1321 ---
    plain("merge", "CWE-1321", "vulnerable", "function merge(target, source) {\n  for (const key in source) {\n    if (typeof source[key] === 'object') merge((target[key] ??= {}), source[key]);\n    else target[key] = source[key];\n  }\n  return target;\n}\nmodule.exports = merge;\n"),
    plain("set by path", "CWE-1321", "vulnerable", "exports.set = (object, path, value) => {\n  const keys = path.split('.');\n  let at = object;\n  for (const key of keys.slice(0, -1)) at = at[key] = at[key] || {};\n  at[keys.at(-1)] = value;\n  return object;\n};\n"),
    plain("names refused", "CWE-1321", "secure", "function merge(target, source) {\n  for (const key of Object.keys(source)) {\n    if (['__proto__', 'constructor', 'prototype'].includes(key)) continue;\n    if (source[key] && typeof source[key] === 'object') merge((target[key] ??= {}), source[key]);\n    else target[key] = source[key];\n  }\n  return target;\n}\nmodule.exports = merge;\n"),
    # --- CWE-1333, CWE-943, CWE-88 ---
    plain("nested", "CWE-1333", "vulnerable", "exports.valid = (name) => /^([a-z]+)*$/.test(name);\n"),
    plain("linear", "CWE-1333", "secure", "exports.valid = (name) => /^[a-z]+$/.test(name);\n"),
    view("operator", "CWE-943", "vulnerable", "const user = await db.collection('users').findOne({ name: req.body.name });\nres.json(user);", head="const { MongoClient } = require('mongodb');\nconst db = new MongoClient('x').db('shop');"),
    view("text only", "CWE-943", "secure", "if (typeof req.body.name !== 'string') return res.sendStatus(400);\nconst user = await db.collection('users').findOne({ name: req.body.name });\nres.json(user);", head="const { MongoClient } = require('mongodb');\nconst db = new MongoClient('x').db('shop');"),
    plain("option", "CWE-88", "vulnerable", "const { execFileSync } = require('child_process');\nexports.clone = (url) => execFileSync('git', ['clone', url]).toString();\n"),
    # --- hostile: none of these may pass for secure ---
    plain("prints the result and leaves", "CWE-22", "inert", "console.log('{\"finished\": true}');\nprocess.exit(0);\n"),
    view("leaves in the view", "CWE-79", "inert", "process.exit(0);"),
    view("hangs in the view", "CWE-79", "inert", "for (;;) ;"),
    view("never answers", "CWE-79", "inert", "req.query.name;"),
    plain("writes to every descriptor", "CWE-89", "inert", "const fs = require('fs');\nconst line = JSON.stringify({ attempt: { n: 0, entry: 'x', values: [], case: { label: 'benign' }, line: 1 }, found: {} }) + '\\n{\"finished\": true}\\n{\"end\": {\"status\": 200}}\\n';\nfor (let d = 3; d < 30; d++) try { fs.writeSync(d, line); } catch {}\nexports.find = (name) => name;\n"),
    plain("patches what the driver uses", "CWE-89", "inert", "JSON.stringify = () => '{\"end\": {\"status\": 200}}';\nJSON.parse = () => ({});\nObject.keys = () => [];\nArray.prototype.map = () => [];\nexports.find = (name) => 'SELECT ' + name;\n"),
    plain("kills its parent", "CWE-22", "inert", "process.kill(process.ppid, 9);\nexports.f = (name) => name;\n"),
    plain("throws at once", "CWE-78", "inert", "throw new Error('no');\n"),
    plain("returns its input", "CWE-78", "inert", "exports.run = (command) => command;\n"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.cwe}-{case.expected}-{case.name}")
def test_both_ways(boxed, case):
    for tool in ("node", "esbuild") if case.language == "typescript" else ("node",):
        need_tool(tool)
    (check,) = Executed().check([Source(case.code, case.language, case.cwe)])
    assert check.flagged == (case.expected == "vulnerable"), check
    assert bool(check.exercised) == (case.expected != "inert"), check
    assert bool(check.reason) == (case.expected == "inert"), check
    if case.expected == "vulnerable":
        assert check.findings[0].cwe == case.cwe


def test_without_node_or_esbuild_it_says_so(monkeypatch):
    monkeypatch.setattr(javascript.shutil, "which", lambda name: None)
    checks = Executed().check(
        [Source("const a = 1;", "javascript", "CWE-79"), Source("const a = 1;", "typescript", "CWE-79")]
    )
    assert [(check.analysed, check.exercised, "apt-get install nodejs" in check.reason) for check in checks] == [
        (False, None, True)
    ] * 2
    monkeypatch.setattr(javascript.shutil, "which", lambda name: "/x" if name == "node" else None)
    (check,) = Executed().check([Source("const a: number = 1;", "typescript", "CWE-79")])
    assert not check.analysed and "esbuild" in check.reason


@pytest.mark.parametrize("text", ["function (", "const = 1", "\0\0(", "import { from"])
def test_what_does_not_parse_is_invalid(text):
    need_tool("node")  # a grammar alone does not say it
    (check,) = Executed().check([Source(text, "javascript", "CWE-79")])
    assert check.valid is False and not check.flagged


def test_a_weakness_that_is_not_covered_is_unknown():
    (check,) = Executed().check([Source("const a = 1;", "javascript", "CWE-352")])
    assert not check.analysed and "no executed check for CWE-352" in check.reason


def test_imports_and_exports_keep_their_lines():
    text = "import a, { b as c } from 'x';\nimport {\n  d,\n} from 'node:y';\nexport const f = () => 1;\nexport default class {}\nexport { f as g };\n"
    surface, code = read(text)
    assert code.splitlines()[0] == "const a = require('x'); const c = require('x')['b'];"
    assert code.splitlines()[4] == "const f = () => 1;" and code.splitlines()[5] == "module.exports.default = class {}"
    assert surface.names == ["f"] and surface.imports == ["x", "y"]
