"""Digests, ciphers, keys, tokens and random values in JavaScript and TypeScript, both ways."""
# ruff: noqa: E501 - tables

import pytest

from conftest import need_tool
from seccoder.oracles.executed import Executed
from seccoder.types import Source

pytestmark = pytest.mark.tool

CRYPTO = "const crypto = require('crypto');\n"
JWT = "const jwt = require('jsonwebtoken');\nconst SECRET = process.env.SECRET;\n"
EXPRESS = "const express = require('express');\nconst app = express();\n"

# (name, CWE, what is expected, code); what begins with "import type" or has types is TypeScript
CASES = [
    # digests and ciphers
    ("md5", "CWE-328", "vulnerable", CRYPTO + "exports.tag = (file) => crypto.createHash('md5').update(file).digest('hex');\n"),
    ("sha1 of a library", "CWE-328", "vulnerable", "const CryptoJS = require('crypto-js');\nexports.tag = (file) => CryptoJS.SHA1(file).toString();\n"),
    ("sha1 by the web's interface", "CWE-328", "vulnerable", "export async function tag(text) {\n  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text));\n  return Buffer.from(digest).toString('hex');\n}\n"),
    ("sha256", "CWE-328", "secure", CRYPTO + "exports.tag = (file) => crypto.createHash('sha256').update(file).digest('hex');\n"),
    ("typed md5", "CWE-327", "vulnerable", "import { createHash } from 'node:crypto';\nexport const tag = (file: string): string => createHash('md5').update(file).digest('hex');\n"),
    ("typed sha512", "CWE-327", "secure", "import { createHash } from 'node:crypto';\nexport const tag = (file: string): string => createHash('sha512').update(file).digest('hex');\n"),
    ("des", "CWE-327", "vulnerable", CRYPTO + "exports.seal = (key, text) => { const c = crypto.createCipheriv('des-cbc', key, crypto.randomBytes(8)); return c.update(text, 'utf8', 'hex') + c.final('hex'); };\n"),
    ("ecb", "CWE-327", "vulnerable", CRYPTO + "exports.seal = (key, text) => { const c = crypto.createCipheriv('aes-128-ecb', key, null); return c.update(text, 'utf8', 'hex') + c.final('hex'); };\n"),
    ("rc4 of a library", "CWE-327", "vulnerable", "import CryptoJS from 'crypto-js';\nexport const seal = (key, text) => CryptoJS.RC4.encrypt(text, key).toString();\n"),
    ("gcm", "CWE-327", "secure", CRYPTO + "exports.seal = (key, text) => { const iv = crypto.randomBytes(12), c = crypto.createCipheriv('aes-256-gcm', key, iv); const body = c.update(text, 'utf8', 'hex') + c.final('hex'); return [iv.toString('hex'), c.getAuthTag().toString('hex'), body].join('.'); };\n"),
    # vectors
    ("a constant vector", "CWE-329", "vulnerable", CRYPTO + "const IV = Buffer.from('1234567890abcdef');\nexports.seal = (key, text) => { const c = crypto.createCipheriv('aes-256-cbc', key, IV); return c.update(text, 'utf8', 'hex') + c.final('hex'); };\n"),
    ("a vector of the key", "CWE-329", "vulnerable", CRYPTO + "exports.seal = (key, text) => { const iv = crypto.createHash('sha256').update(key).digest().subarray(0, 16); const c = crypto.createCipheriv('aes-256-cbc', key, iv); return c.update(text, 'utf8', 'hex') + c.final('hex'); };\n"),
    ("createCipher", "CWE-329", "vulnerable", CRYPTO + "exports.seal = (password, text) => { const c = crypto.createCipher('aes-256-cbc', password); return c.update(text, 'utf8', 'hex') + c.final('hex'); };\n"),
    ("a new vector", "CWE-329", "secure", CRYPTO + "exports.seal = (key, text) => { const iv = crypto.randomBytes(16), c = crypto.createCipheriv('aes-256-cbc', key, iv); return iv.toString('hex') + c.update(text, 'utf8', 'hex') + c.final('hex'); };\n"),
    ("typed, zeroes", "CWE-329", "vulnerable", "import crypto from 'crypto';\nexport class Vault {\n  constructor(private readonly key: string) {}\n  seal(text: string): string {\n    const c = crypto.createCipheriv('aes-256-cbc', this.key, Buffer.alloc(16, 0));\n    return c.update(text, 'utf8', 'hex') + c.final('hex');\n  }\n}\n"),
    ("typed, a new vector", "CWE-329", "secure", "import crypto from 'crypto';\nexport class Vault {\n  constructor(private readonly key: string) {}\n  seal(text: string): string {\n    const iv = crypto.randomBytes(16);\n    const c = crypto.createCipheriv('aes-256-cbc', this.key, iv);\n    return iv.toString('hex') + c.update(text, 'utf8', 'hex') + c.final('hex');\n  }\n}\n"),
    # keys
    ("rsa of 1024", "CWE-326", "vulnerable", CRYPTO + "exports.pair = (name) => ({ name, ...crypto.generateKeyPairSync('rsa', { modulusLength: 1024 }) });\n"),
    ("rsa of a library", "CWE-326", "vulnerable", "const forge = require('node-forge');\nexports.pair = (name) => ({ name, keys: forge.pki.rsa.generateKeyPair({ bits: 1024 }) });\n"),
    ("a short curve", "CWE-326", "vulnerable", CRYPTO + "exports.pair = (name, done) => crypto.generateKeyPair('ec', { namedCurve: 'secp160r1' }, done);\n"),
    ("a small group", "CWE-326", "vulnerable", CRYPTO + "exports.agree = (name) => { const dh = crypto.createDiffieHellman(512); return name + dh.generateKeys('hex'); };\n"),
    ("rsa of 3072", "CWE-326", "secure", CRYPTO + "exports.pair = (name) => ({ name, ...crypto.generateKeyPairSync('rsa', { modulusLength: 3072 }) });\n"),
    ("a curve", "CWE-326", "secure", CRYPTO + "exports.pair = (name, done) => crypto.generateKeyPair('ec', { namedCurve: 'P-256' }, done);\n"),
    ("aes of 128", "CWE-326", "secure", CRYPTO + "exports.seal = (key, text) => { const iv = crypto.randomBytes(12), c = crypto.createCipheriv('aes-128-gcm', key, iv); return c.update(text, 'utf8', 'hex') + c.final('hex'); };\n"),
    ("typed rsa of 1024", "CWE-326", "vulnerable", "import { generateKeyPairSync, type KeyObject } from 'node:crypto';\nexport function pair(owner: string): KeyObject {\n  return generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;\n}\n"),
    # tokens
    ("decoded only", "CWE-347", "vulnerable", JWT + "exports.who = (token) => jwt.decode(token).sub;\n"),
    ("none allowed", "CWE-347", "vulnerable", JWT + "exports.who = (token) => jwt.verify(token, SECRET, { algorithms: ['HS256', 'none'] }).sub;\n"),
    ("an error that nobody reads", "CWE-347", "vulnerable", JWT + EXPRESS + "app.get('/me', (req, res) => {\n  const token = req.headers.authorization.split(' ')[1];\n  let user = jwt.decode(token);\n  try { user = jwt.verify(token, SECRET); } catch (error) { console.error(error); }\n  res.json(user);\n});\n"),
    ("a middleware", "CWE-347", "vulnerable", JWT + "module.exports = (req, res, next) => { req.user = jwt.decode((req.headers.authorization || '').replace('Bearer ', '')); next(); };\n"),
    ("issued without", "CWE-347", "vulnerable", JWT + "exports.issue = (user) => jwt.sign({ user }, null, { algorithm: 'none' });\n"),
    ("a signature that is not looked at", "CWE-347", "vulnerable", CRYPTO + "exports.who = (token, key) => { const [h, p, s] = token.split('.'); crypto.verify('sha256', Buffer.from(h + '.' + p), key, Buffer.from(s, 'base64url')); return JSON.parse(Buffer.from(p, 'base64url')).sub; };\n"),
    ("verified", "CWE-347", "secure", JWT + "exports.who = (token) => jwt.verify(token, SECRET, { algorithms: ['HS256'] }).sub;\n"),
    ("a header first", "CWE-347", "secure", JWT + "exports.who = (token, keys) => { const { header } = jwt.decode(token, { complete: true }); return jwt.verify(token, keys[header.kid] || SECRET || 'x', { algorithms: ['RS256'] }).sub; };\n"),
    ("a middleware", "CWE-347", "secure", JWT + "module.exports = (req, res, next) => {\n  jwt.verify((req.headers.authorization || '').replace('Bearer ', ''), SECRET || 'x', (error, user) => {\n    if (error) return res.sendStatus(401);\n    req.user = user;\n    next();\n  });\n};\n"),
    ("valid or not", "CWE-347", "secure", JWT + "exports.valid = (token) => { try { jwt.verify(token, 'key', { algorithms: ['HS256'] }); return true; } catch { return false; } };\n"),
    ("a code of one's own", "CWE-347", "secure", CRYPTO + "exports.who = (token, key) => { const [h, p, s] = token.split('.'); const right = crypto.createHmac('sha256', key).update(h + '.' + p).digest(); const given = Buffer.from(s, 'base64url'); if (given.length !== right.length || !crypto.timingSafeEqual(given, right)) throw new Error('no'); return JSON.parse(Buffer.from(p, 'base64url')).sub; };\n"),
    ("typed, decoded only", "CWE-347", "vulnerable", "import jwt from 'jsonwebtoken';\ninterface Claims { sub: string }\nexport function who(token: string): string {\n  return (jwt.decode(token) as Claims).sub;\n}\n"),
    ("typed, jose", "CWE-347", "secure", "import { jwtVerify } from 'jose';\nexport async function who(token: string, key: Uint8Array): Promise<string | undefined> {\n  const { payload } = await jwtVerify(token, key, { algorithms: ['ES256', 'HS256'] });\n  return payload.sub;\n}\n"),
    ("the token chooses", "CWE-347", "vulnerable", CRYPTO + "exports.who = (token, key) => { const [h, p, s] = token.split('.'); const { alg } = JSON.parse(Buffer.from(h, 'base64url')); const data = Buffer.from(h + '.' + p), given = Buffer.from(s, 'base64url'); const right = alg === 'HS256' ? crypto.createHmac('sha256', key).update(data).digest().equals(given) : crypto.verify('sha256', data, key, given); if (!right) throw new Error('no'); return JSON.parse(Buffer.from(p, 'base64url')).sub; };\n"),
    # passwords
    ("sha256, once", "CWE-916", "vulnerable", CRYPTO + "exports.store = (password) => crypto.createHash('sha256').update(password).digest('hex');\n"),
    ("bcrypt, few rounds", "CWE-916", "vulnerable", "const bcrypt = require('bcrypt');\nexports.store = async (password) => bcrypt.hash(password, 4);\n"),
    ("bcrypt", "CWE-916", "secure", "const bcrypt = require('bcryptjs');\nexports.store = async (password) => bcrypt.hash(password, await bcrypt.genSalt(12));\n"),
    ("scrypt", "CWE-916", "secure", CRYPTO + "exports.store = (password) => { const salt = crypto.randomBytes(16); return salt.toString('hex') + crypto.scryptSync(password, salt, 32).toString('hex'); };\n"),
    ("typed, 1000 rounds", "CWE-916", "vulnerable", "import { pbkdf2Sync, randomBytes } from 'crypto';\nexport function store(password: string): string {\n  const salt = randomBytes(16);\n  return salt.toString('hex') + pbkdf2Sync(password, salt, 1000, 32, 'sha256').toString('hex');\n}\n"),
    ("a fixed salt", "CWE-760", "vulnerable", CRYPTO + "exports.store = (password) => crypto.pbkdf2Sync(password, 'pepper', 310000, 32, 'sha256').toString('hex');\n"),
    ("a new salt", "CWE-760", "secure", CRYPTO + "exports.store = (password) => { const salt = crypto.randomBytes(16); return salt.toString('hex') + crypto.pbkdf2Sync(password, salt, 310000, 32, 'sha256').toString('hex'); };\n"),
    ("no salt", "CWE-759", "vulnerable", CRYPTO + "exports.store = (password) => crypto.createHash('sha512').update(password).digest('hex');\n"),
    ("a salt", "CWE-759", "secure", "const argon2 = require('argon2');\nexports.store = (password) => argon2.hash(password);\n"),
    # random values
    ("Math.random", "CWE-338", "vulnerable", "exports.token = (length = 32) => Array.from({ length }, () => Math.random().toString(36)[2]).join('');\n"),
    ("a version 1 UUID", "CWE-338", "vulnerable", "const { v1: uuid } = require('uuid');\nexports.token = (user) => `${user}:${uuid()}`;\n"),
    ("randomBytes", "CWE-338", "secure", CRYPTO + "exports.token = (user) => user + crypto.randomBytes(32).toString('hex');\n"),
    ("getRandomValues", "CWE-330", "secure", "export const token = (user) => user + Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('hex');\n"),
    ("nanoid", "CWE-330", "secure", "import { nanoid } from 'nanoid';\nexport const link = (user) => `/reset/${user}/${nanoid()}`;\n"),
    ("typed Math.random", "CWE-330", "vulnerable", "export function resetCode(user: string): string {\n  return user + Math.floor(Math.random() * 1e6).toString();\n}\n"),
    ("few values", "CWE-331", "vulnerable", CRYPTO + "exports.code = (user) => user + crypto.randomInt(10000);\n"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "cwe", "expected", "code"), CASES, ids=[f"{c[1]}-{c[2]}-{c[0]}" for c in CASES])
def test_both_ways(boxed, name, cwe, expected, code):
    language = "typescript" if name.startswith("typed") else "javascript"
    for tool in ("node", "esbuild") if language == "typescript" else ("node",):
        need_tool(tool)
    (check,) = Executed().check([Source(code, language, cwe)])
    assert check.flagged == (expected == "vulnerable"), check
    assert check.exercised, check
