// Runs in the sandbox, in Node: stands in for databases, which are not there.
//
// Every statement is recorded and answered with one row of placeholder text. None is executed, so a statement that a
// server would refuse counts as accepted.
"use strict";

const { statement, call } = require("./recorder.js");

// Any column of it is a placeholder.
function row() {
  const known = { id: 1 };
  return new Proxy(known, {
    get: (target, name) => (typeof name === "symbol" || name === "toJSON" || name === "then" ? undefined : name in target ? target[name] : "placeholder"),
  });
}

function sorted(given) {
  const callback = typeof given[given.length - 1] === "function" ? given.pop() : null;
  return [given, callback];
}

function answered(result, callback, ...more) {
  if (callback) setImmediate(() => callback(null, result, ...more));
  return Promise.resolve(result);
}

function escape(value) {
  if (value === null || value === undefined) return "NULL";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return value.map(escape).join(", ");
  if (typeof value === "object") return Object.entries(value).map(([k, v]) => `${escapeId(k)} = ${escape(v)}`).join(", ");
  return "'" + String(value).replace(/[\0\n\r\b\t\\'"\x1a]/g, (c) => ({ "\0": "\\0", "\n": "\\n", "\r": "\\r", "\b": "\\b", "\t": "\\t", "\x1a": "\\Z" })[c] || "\\" + c) + "'";
}
const escapeId = (name) => "`" + String(name).replace(/`/g, "``").replace(/\./g, "`.`") + "`";
const format = (text, values = []) => {
  let next = 0;
  return String(text).replace(/\?\??/g, (mark) => (next < [].concat(values).length ? (mark === "??" ? escapeId : escape)([].concat(values)[next++]) : mark));
};

// Anything a statement can be sent to: a connection, a client, a pool, a database handle, knex, an object mapper.
function database(dialect, style) {
  const results = () => {
    const rows = Object.assign([row()], { rows: undefined, affectedRows: 1, insertId: 1, lastID: 1, changes: 1 });
    return style === "promise" ? [rows, []] : dialect === "postgres" ? { rows: [row()], rowCount: 1, fields: [] } : style === "open" ? Object.assign(rows, { 0: rows[0], rows, rowCount: 1 }) : rows;
  };
  const send = (one) => (first, ...given) => {
    const [parameters, callback] = sorted(given);
    if (Array.isArray(first) && first.raw) { // a tagged template
      statement(first.join("?"), parameters, dialect);
      return Promise.resolve([row()]);
    }
    const text = first && typeof first === "object" ? first.text || first.sql || first.query || first.string || "" : first;
    const bound = first && typeof first === "object" ? [first.values, first.replacements, ...parameters] : parameters;
    const options = parameters[0];
    const values = options && typeof options === "object" && !Array.isArray(options) ? options.replacements || options.bind || options : bound;
    const inlined = style !== "open" && dialect === "mysql" && !text.includes("$") && bound.flat().some((v) => v && typeof v === "object" && !Array.isArray(v));
    statement(inlined ? format(text, bound.flat()) : text, values, dialect);
    const result = one ? row() : results();
    const promise = answered(result, callback ? callback.bind({ lastID: 1, changes: 1 }) : null, []);
    return style === "sync" ? result : Object.assign(promise, { on() { return promise; }, stream: () => [], execute: () => promise });
  };
  const prepared = (text) => {
    const run = (one) => (...given) => send(one)(text, ...given);
    return Object.assign({}, { run: run(), get: run(true), all: run(), each: run(), iterate: run(), execute: run(), finalize() {}, bind: () => prepared(text), pluck: () => prepared(text), raw: () => prepared(text) });
  };
  const self = {
    query: send(), execute: send(), run: send(), all: send(), get: send(true), each: send(), exec: send(), raw: send(), any: send(), one: send(true), oneOrNone: send(true),
    none: send(), many: send(), manyOrNone: send(), unsafe: send(), $queryRaw: send(), $executeRaw: send(), $queryRawUnsafe: send(), $executeRawUnsafe: send(), prepare: prepared,
    connect: (callback) => answered(self, typeof callback === "function" ? callback : null, () => {}), getConnection: (callback) => answered(self, callback), promise: () => database(dialect, "promise"),
    serialize: (work) => work && work(), transaction: (work) => (style === "sync" ? (...g) => work(...g) : typeof work === "function" ? work(self) : Promise.resolve(self)),
    release() {}, end: (callback) => answered(undefined, typeof callback === "function" ? callback : null), close: (callback) => answered(undefined, typeof callback === "function" ? callback : null), on: () => self, pragma: () => self,
    beginTransaction: (callback) => answered(undefined, callback), commit: (callback) => answered(undefined, callback), rollback: (callback) => answered(undefined, callback),
    escape, escapeId, format, config: {}, authenticate: async () => {}, sync: async () => {}, define: () => model("model"), model, client: { query: send() },
  };
  self.pool = self.connection = self.db = undefined;
  self.queryBuilder = builder;
  const callable = (table, ...rest) => (Array.isArray(table) && table.raw ? send()(table, ...rest) : builder(dialect));
  // knex is called with a table's name, porsager's postgres as a tag
  return new Proxy(Object.assign(callable, self), {
    get(target, name) {
      if (name in self) return self[name];
      if (name === "then" || typeof name === "symbol") return target[name];
      if (BUILDS.has(name)) return builder(dialect)[name];
      return name in target && name !== "name" && name !== "length" ? target[name] : model(String(name));
    },
  });
}

const BUILDS = new Set(["select", "from", "where", "insert", "into", "update", "del", "table", "withSchema"]);

// A query builder: what is raw is a statement, everything else is bound.
function builder(dialect = "sqlite") {
  const self = new Proxy(function () {}, {
    get(_, name) {
      if (name === "then") return (yes) => Promise.resolve([row()]).then(yes);
      if (name === "catch" || name === "finally") return () => Promise.resolve([row()]);
      if (typeof name === "symbol") return undefined;
      return (...given) => {
        if (/raw$/i.test(name)) statement(given[0], given.slice(1), dialect);
        else if (given.length) statement(`${name} ?`, given, dialect);
        const nested = given.find((value) => typeof value === "function");
        if (nested && nested.length < 2) nested.call(self, self);
        return name === "first" ? Object.assign(Promise.resolve(row()), {}) : self;
      };
    },
    apply: () => self,
  });
  return self;
}

// An object mapper's or document store's model: its calls are recorded.
function model(name) {
  return new Proxy(function () {}, {
    get(_, method) {
      if (method === "then" || typeof method === "symbol") return undefined;
      if (method === "prototype") return {};
      return (...given) => {
        const [parameters, callback] = sorted(given);
        call("call", { name: `${name}.${method}`, given: parameters, options: null });
        if (parameters.length) statement(`${method} ?`, parameters.map((value) => JSON.stringify(value)), "sqlite");
        const many = /^(find|findAll|findMany|aggregate|all)$/.test(method);
        const promise = answered(method === "collection" || method === "db" ? model(method) : many ? [row()] : row(), callback);
        return method === "collection" || method === "db" ? model(method) : Object.assign(promise, { toArray: () => Promise.resolve([row()]), exec: () => promise, lean: () => promise, sort: () => promise, limit: () => promise, skip: () => promise, select: () => promise, populate: () => promise, next: () => Promise.resolve(row()) });
      };
    },
    construct: (_, given) => (call("call", { name: `${name}.create`, given, options: null }), { save: async () => row(), ...given[0] }),
    apply: () => model(name),
  });
}

const MYSQL = (style) => ({ createConnection: () => (style === "promise" ? Object.assign(database("mysql", style)) : database("mysql", style)), createPool: () => database("mysql", style), escape, escapeId, format, raw: (text) => text });

function maker(dialect, style) {
  const make = function () {
    return database(dialect, style);
  };
  return make;
}

const drivers = {
  mysql: () => MYSQL("callback"), mysql2: () => MYSQL("callback"), "mysql2/promise": () => MYSQL("promise"), "promise-mysql": () => MYSQL("rows"), mariadb: () => MYSQL("rows"),
  pg: () => ({ Pool: maker("postgres", "pg"), Client: maker("postgres", "pg"), types: { setTypeParser() {} } }),
  "pg-promise": () => () => maker("postgres", "open"), postgres: () => maker("postgres", "open"), "@vercel/postgres": () => ({ sql: database("postgres", "pg") }),
  sqlite3: () => { const module = { Database: function (_, ...given) { const [, callback] = sorted(given); if (callback) setImmediate(() => callback(null)); return database("sqlite", "callback"); }, OPEN_READWRITE: 2, OPEN_READONLY: 1, OPEN_CREATE: 4 }; module.verbose = () => module; return module; },
  sqlite: () => ({ open: async () => database("sqlite", "rows") }), "better-sqlite3": () => maker("sqlite", "sync"), "node:sqlite": () => ({ DatabaseSync: maker("sqlite", "sync") }),
  knex: () => Object.assign(maker("sqlite", "open"), { raw: (text, bound) => (statement(text, bound, "sqlite"), text) }),
  sequelize: () => ({ Sequelize: Object.assign(maker("postgres", "promise"), { literal: (text) => (statement(text, [], "postgres"), text), Op: new Proxy({}, { get: (_, n) => String(n) }) }), QueryTypes: { SELECT: "SELECT" }, DataTypes: new Proxy({}, { get: () => () => ({}) }), Op: new Proxy({}, { get: (_, n) => String(n) }), literal: (text) => (statement(text, [], "postgres"), text), Model: class { static init() {} static async findOne(q) { statement("findOne ?", [JSON.stringify(q)], "postgres"); return row(); } static async findAll(q) { statement("findAll ?", [JSON.stringify(q)], "postgres"); return [row()]; } } }),
  "@prisma/client": () => ({ PrismaClient: maker("postgres", "rows"), Prisma: { sql: (parts, ...values) => ({ text: parts.join("?"), values }), raw: (text) => (statement(text, [], "postgres"), text) } }),
  mongodb: () => ({ MongoClient: Object.assign(function () { return { connect: async () => model("client"), db: () => model("db"), close: async () => {} }; }, { connect: async () => model("client") }), ObjectId: function (id) { return { id }; } }),
  mongoose: () => ({ connect: async () => {}, model: (name) => model(name), Schema: Object.assign(function () { return { pre() {}, methods: {}, index() {} }; }, { Types: { ObjectId: String } }), Types: { ObjectId: Object.assign((id) => id, { isValid: () => true }) }, connection: { on() {}, once() {} } }),
  sqlstring: () => ({ escape, escapeId, format, raw: (text) => text }), mssql: () => ({ connect: async () => database("ansi", "open"), query: database("ansi", "open").query, ConnectionPool: maker("ansi", "open"), Request: function () { const bound = []; return { input(...g) { bound.push(g[g.length - 1]); return this; }, query: async (text) => (statement(text, bound, "ansi"), { recordset: [row()] }) }; }, VarChar: () => {}, Int: {}, NVarChar: () => {} }),
};

module.exports = { database, drivers, model, row };
