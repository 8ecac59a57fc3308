"""Kinds of code that the JavaScript oracle once misjudged: each in variants, both ways."""
# ruff: noqa: E501 - tables

import pytest

from conftest import need_tool
from seccoder.oracles.executed import Executed
from seccoder.types import Source

pytestmark = pytest.mark.tool

PG = "const { Pool } = require('pg');\nconst pool = new Pool();\n"
MYSQL = "const mysql = require('mysql2/promise');\nconst pool = mysql.createPool({});\n"
MONGO = (
    "const { MongoClient } = require('mongodb');\nconst users = new MongoClient('x').db('shop').collection('users');\n"
)
EXPRESS = "const express = require('express');\nconst app = express();\napp.use(express.json());\n"
LOWER = "const rows = async (t) => (await pool.query(`SELECT id FROM shops WHERE town = '${t.toLowerCase()}'`)).rows;\nmodule.exports = { rows };\n"

# (name, CWE, what is expected, code)
CASES = [
    # the code changes its input
    ("capitals", "CWE-89", "vulnerable", PG + "exports.rows = async (c) => (await pool.query(`SELECT id FROM t WHERE c = '${c.toUpperCase()}'`)).rows;\n"),
    ("small letters", "CWE-89", "vulnerable", PG + LOWER),
    ("backwards", "CWE-89", "vulnerable", PG + "exports.rows = async (c) => (await pool.query(`SELECT id FROM t WHERE c = '${[...c].reverse().join('')}'`)).rows;\n"),
    ("letters removed", "CWE-89", "vulnerable", PG + "exports.rows = async (c) => (await pool.query(`SELECT id FROM t WHERE c = '${c.replace(/[a-z]/gi, '')}'`)).rows;\n"),
    ("capitals, bound", "CWE-89", "secure", PG + "exports.rows = async (c) => (await pool.query('SELECT id FROM t WHERE c = $1', [c.toUpperCase()])).rows;\n"),
    ("digits only", "CWE-89", "secure", PG + "exports.rows = async (c) => (await pool.query(`SELECT id FROM t WHERE c = ${c.replace(/\\D/g, '') || 0}`)).rows;\n"),
    # libraries that are not known
    ("cassandra", "CWE-89", "vulnerable", "const cassandra = require('cassandra-driver');\nconst client = new cassandra.Client({});\nexports.find = async (id) => (await client.execute(`SELECT * FROM t WHERE id = '${id}'`)).rows;\n"),
    ("typeorm's where", "CWE-89", "vulnerable", "const { getRepository } = require('typeorm');\nexports.find = (name) => getRepository('User').createQueryBuilder('u').where(\"u.name = '\" + name + \"'\").getOne();\n"),
    ("typeorm's query", "CWE-89", "vulnerable", "const { AppDataSource } = require('./data-source');\nexports.find = (name) => AppDataSource.query(`SELECT * FROM users WHERE name = '${name}'`);\n"),
    ("cassandra, bound", "CWE-89", "secure", "const cassandra = require('cassandra-driver');\nconst client = new cassandra.Client({});\nexports.find = async (id) => (await client.execute('SELECT * FROM t WHERE id = ?', [id], { prepare: true })).rows;\n"),
    ("typeorm's where, bound", "CWE-89", "secure", "const { getRepository } = require('typeorm');\nexports.find = (name) => getRepository('User').createQueryBuilder('u').where('u.name = :name', { name }).getOne();\n"),
    ("a text that is no statement", "CWE-89", "inert", "const jobs = require('job-runner');\nexports.start = (name) => jobs.execute('report-' + name);\n"),
    ("a log line about a statement", "CWE-89", "inert", "const { logger } = require('./log');\nexports.note = (name) => logger.info(`select all from ${name}`);\n"),
    # names and texts of MySQL
    ("a name in backticks", "CWE-89", "secure", MYSQL + "exports.columns = (table) => pool.query(mysql.format('SHOW COLUMNS FROM ??', [table]));\n"),
    ("a name, backticks kept", "CWE-89", "vulnerable", MYSQL + "exports.columns = (table) => pool.query('SHOW COLUMNS FROM `' + table + '`');\n"),
    ("a text, quotes doubled", "CWE-89", "vulnerable", MYSQL + "exports.find = (n) => pool.query(`SELECT id FROM t WHERE n = '${n.replaceAll(\"'\", \"''\")}' AND ok = 1`);\n"),
    # documents
    ("$in", "CWE-943", "secure", MONGO + "exports.find = (name) => { if (typeof name !== 'string') throw new TypeError(); return users.findOne({ name: { $in: [name] } }); };\n"),
    ("$ne", "CWE-943", "secure", MONGO + "exports.others = (name) => users.find({ name: { $ne: String(name) } }).toArray();\n"),
    ("$where", "CWE-943", "vulnerable", MONGO + "exports.find = (name) => users.findOne({ $where: `this.name == '${name}'` });\n"),
    ("a document below $eq", "CWE-943", "vulnerable", EXPRESS + MONGO + "app.post('/x', async (req, res) => res.json(await users.findOne({ name: { $eq: req.body.name } })));\n"),
    # redirects
    ("a backslash", "CWE-601", "vulnerable", EXPRESS + "app.get('/x', (req, res) => { const to = String(req.query.to); res.redirect(/^\\/[^/]/.test(to) ? to : '/'); });\n"),
    ("no backslash", "CWE-601", "secure", EXPRESS + "app.get('/x', (req, res) => { const to = String(req.query.to); res.redirect(/^\\/(?![/\\\\])[\\w/?=.-]*$/.test(to) ? to : '/'); });\n"),
    ("a pattern without an end", "CWE-601", "vulnerable", EXPRESS + "app.get('/x', (req, res) => { const to = String(req.query.to); res.redirect(/^https:\\/\\/shop\\.example/.test(to) ? to : '/'); });\n"),
    ("a pattern with an end", "CWE-601", "secure", EXPRESS + "app.get('/x', (req, res) => { const to = String(req.query.to); res.redirect(/^https:\\/\\/shop\\.example\\/[\\w/-]*$/.test(to) ? to : '/'); });\n"),
    # pages
    ("a script's end in capitals", "CWE-79", "vulnerable", "exports.page = (name) => `<script>var x = ${JSON.stringify(name).replaceAll('</script>', '')};</script>`;\n"),
    ("an address with a tab", "CWE-79", "vulnerable", "const e = (t) => String(t).replace(/[&<>\"']/g, (c) => `&#${c.charCodeAt(0)};`);\nexports.link = (site) => (/^\\s*(javascript|data):/i.test(site) ? '' : `<a href=\"${e(site)}\">${e(site)}</a>`);\n"),
    ("an address of the web", "CWE-79", "secure", "const e = (t) => String(t).replace(/[&<>\"']/g, (c) => `&#${c.charCodeAt(0)};`);\nexports.link = (site) => (/^https?:/i.test(site) ? `<a href=\"${e(site)}\">${e(site)}</a>` : `<p>${e(site)}</p>`);\n"),
    ("code in a member", "CWE-502", "vulnerable", "exports.load = (text) => JSON.parse(text, (key, value) => (value && typeof value === 'object' && Object.hasOwn(value, '$type') ? new (eval(value.$type))(value) : value));\n"),
    # prototypes by a path
    ("constructor.prototype", "CWE-1321", "vulnerable", "exports.put = (target, path, value) => {\n  const keys = path.split('.');\n  if (keys.includes('__proto__')) return target;\n  let at = target;\n  while (keys.length > 1) { const key = keys.shift(); at = at[key] ??= {}; }\n  at[keys[0]] = value;\n  return target;\n};\n"),
    ("reduced", "CWE-1321", "vulnerable", "exports.put = (settings, path, value) => {\n  const keys = path.split('/');\n  const last = keys.pop();\n  const at = keys.filter((key) => key !== '__proto__').reduce((place, key) => (place[key] = place[key] ?? {}), settings);\n  at[last] = value;\n  return settings;\n};\n"),
    ("own members only", "CWE-1321", "secure", "exports.put = (target, path, value) => {\n  const keys = path.split('.');\n  if (keys.some((key) => ['__proto__', 'constructor', 'prototype'].includes(key))) return target;\n  let at = target;\n  while (keys.length > 1) { const key = keys.shift(); at = at[key] ??= {}; }\n  at[keys[0]] = value;\n  return target;\n};\n"),
    # expressions that explode on an ordinary text
    ("letters alone", "CWE-1333", "vulnerable", "exports.valid = (text) => /^(\\w+\\.?)+@x$/.test(text);\n"),
    ("letters alone, within limits", "CWE-1333", "secure", "exports.valid = (text) => text.length < 15 && /^(\\w+\\.?)+@x$/.test(text);\n"),
    ("quadratic", "CWE-1333", "vulnerable", "exports.trimmed = (text) => text.replace(/a+b$/, '');\n"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("cwe", "expected", "code"), [case[1:] for case in CASES], ids=[f"{c[1]}-{c[0]}" for c in CASES]
)
def test_both_ways(boxed, cwe, expected, code):
    need_tool("node")
    (check,) = Executed().check([Source(code, "javascript", cwe)])
    assert check.flagged == (expected == "vulnerable"), check
    assert bool(check.exercised) == (expected != "inert"), check
