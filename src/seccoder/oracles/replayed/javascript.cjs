"use strict";
const fs = require("node:fs"), os = require("node:os"), path = require("node:path");
const Module = require("node:module"), assert = require("node:assert"), { spawnSync } = require("node:child_process");

const CODE = path.resolve(process.env.CODE || ""); // the file that is tested
const CALL = JSON.parse("{}"); // what is called, with a harmless value and with the one that was shown

function played(which) { // calls the code in a process and a folder of its own, and returns what it did
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "written-test-"));
  try {
    fs.mkdirSync(path.join(folder, "app", "files"), { recursive: true });
    const env = { ...process.env, NODE_OPTIONS: "", NODE_TEST_CONTEXT: "", CODE, SEEN_BY_TEST: path.join(folder, "seen"), PLAYED_BY_TEST: which };
    const done = spawnSync(process.execPath, ["--no-warnings", __filename], { cwd: path.join(folder, "app"), env, timeout: 60_000 });
    if (!fs.existsSync(env.SEEN_BY_TEST)) throw new Error(`${CODE} could not be called: ${done.stderr}`);
    return JSON.parse(fs.readFileSync(env.SEEN_BY_TEST, "utf8"));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

if (!process.env.PLAYED_BY_TEST) {
  require("node:test")("the input does only what a harmless one does", () => {
    const harmless = played("harmless"), shown = played("shown");
    if (CALL.family === "paths" && !harmless.length) harmless.push("uses a file in TOP/app/files");
    const more = shown.filter((what) => !harmless.some((one) => what === one || (CALL.family === "paths" && what.startsWith(`${one}/`))));
    assert.deepStrictEqual(more, [], `with the input ${JSON.stringify(CALL.shown)} it did what no harmless value leads to: ${more}`);
  });
} else play();

// --- in the process that calls the code: what it does is noted, and refused where it leaves the temporary folder ---

function play() {
  const TOP = fs.realpathSync(path.join(process.cwd(), "..")), place = process.env.SEEN_BY_TEST;
  const own = { writeFileSync: fs.writeFileSync, mkdirSync: fs.mkdirSync, existsSync: fs.existsSync, readFileSync: fs.readFileSync };
  const seen = new Set(), family = CALL.family;
  let on = false;
  const note = (...what) => on && seen.add(what.join(" "));
  const end = () => (own.writeFileSync(place, JSON.stringify([...seen])), process.reallyExit(0));
  const values = CALL[process.env.PLAYED_BY_TEST].map((value) => value.replaceAll("/box/app", `${TOP}/app`).replaceAll("/box/", `${TOP}/`));
  const refused = (what) => Object.assign(new Error(`this test ${what}`), { code: "EACCES" });

  // What a shell would make of a text: its operators, and where it would put something in.
  function command(text) {
    const found = [];
    let quoted = "";
    for (let at = 0; at < text.length; at++) {
      const c = text[at];
      if (c === "\\" && quoted !== "'") at++;
      else if ((c === "'" || c === '"') && (!quoted || quoted === c)) quoted = quoted ? "" : c;
      else if (quoted !== "'" && (c === "`" || text.startsWith("$(", at))) found.push(c);
      else if (!quoted && ";|&<>\n()".includes(c)) found.push(c);
    }
    return found.join("") + (quoted && " an open quotation");
  }
  function options(words) {
    const end = words.findIndex((word) => word === "--" || word === "--end-of-options");
    return words.slice(0, end < 0 ? undefined : end).some((word) => /^-+(mark|word)/.test(word)) ? "with an option from the input" : "";
  }
  function starts(name) {
    return (file, words, settings, ...rest) => {
      const list = Array.isArray(words) ? words.map(String) : [], shell = name.startsWith("exec") && !name.startsWith("execFile");
      const given = [settings, words, ...rest].find((one) => one && typeof one === "object" && !Array.isArray(one));
      let text = shell || given?.shell ? [file, ...list].join(" ") : null;
      if (/(^|\/)(ba|da|z)?sh$/.test(file) && list[0] === "-c") text = list[1];
      if (family === "code") note("starts a program");
      if (family === "commands" || family === "options") note("runs", text === null ? options(list) : command(String(text)));
      const error = refused("starts no programs"), back = [words, settings, ...rest].find((one) => typeof one === "function");
      if (name.endsWith("Sync")) throw error;
      const process_ = new (require("node:events"))();
      Object.assign(process_, { stdout: new (require("node:stream").PassThrough)(), stderr: new (require("node:stream").PassThrough)(), stdin: new (require("node:stream").PassThrough)(), kill: () => false, unref: () => {} });
      if (back) setImmediate(back, error, "", "");
      else process_.on("error", () => {}), setImmediate(() => process_.emit("error", error));
      return process_;
    };
  }
  const programs = require("node:child_process");
  for (const name of ["exec", "execSync", "execFile", "execFileSync", "spawn", "spawnSync", "fork"]) programs[name] = starts(name);

  const writing = /^(write|append|unlink|rm|rmdir|rename|mkdir|copyFile|truncate|chmod|chown|symlink|link|createWriteStream|cp|utimes)/;
  const looking = /^(read|open|stat|lstat|access|exists|createReadStream|realpath|opendir)/;
  function touches(name, real) {
    return function (file, ...rest) {
      if (typeof file !== "string" && !Buffer.isBuffer(file) && !(file instanceof URL)) return real.call(this, file, ...rest);
      const to = path.resolve(file instanceof URL ? file.pathname : String(file));
      const mine = on && /word|mark/.test(to), inside = to === "/dev/null" || to.startsWith(TOP + path.sep);
      if (mine && family === "paths" && !/^(l?stat|access|exists|realpath)/.test(name)) note("uses a file in", path.dirname(to).replace(TOP, "TOP"));
      if (mine && inside && looking.test(name) && !own.existsSync(to)) {
        own.mkdirSync(path.dirname(to), { recursive: true });
        own.writeFileSync(to, "inside");
      }
      const writes = writing.test(name) || (name.startsWith("open") && typeof rest[0] === "string" && /[wa+]/.test(rest[0]));
      if (writes && !inside) {
        if (family === "code") note("writes a file");
        if (name.endsWith("Sync") || !name.length || !rest.some((one) => typeof one === "function")) throw refused("writes only into its own folder");
        return setImmediate(rest.find((one) => typeof one === "function"), refused("writes only into its own folder"));
      }
      return real.call(this, file, ...rest);
    };
  }
  for (const room of [fs, fs.promises])
    for (const name of Object.keys(room)) if (typeof room[name] === "function" && (writing.test(name) || looking.test(name))) {
      const made = touches(name, room[name]);
      room[name] = Object.assign(made, room[name]);
    }
  const net = require("node:net");
  net.Socket.prototype.connect = function () { setImmediate(() => this.destroy(refused("makes no connections"))); return this; };
  // Names resolve to an address inside, but for harmless ones, so that code which looks at addresses can refuse them.
  const dns = require("node:dns");
  const address = (host) => (net.isIP(host) ? host : host.includes("word") ? "93.184.216.34" : "127.0.0.1");
  const found = (host, given) => { const one = { address: address(host), family: net.isIP(address(host)) }; return given?.all ? [one] : one; };
  dns.lookup = (host, given, back) => {
    const one = found(host, given);
    setImmediate(back ?? given, null, ...(Array.isArray(one) ? [one] : [one.address, one.family]));
  };
  dns.promises.lookup = async (host, given) => found(host, given);
  const asked = (given, ...rest) => {
    let to = "";
    try { to = given instanceof URL || typeof given === "string" ? new URL(String(given)).hostname : given?.hostname ?? given?.host ?? (given?.url ? new URL(given.url, given.baseURL).hostname : ""); } catch { return; }
    const custom = !net.isIP(to.replace(/[[\]]/g, "")) && [given, ...rest].find((one) => typeof one?.lookup === "function");
    const look = custom ? custom.lookup : (host, settings, back) => back(null);
    if (family === "ssrf" && to) look(to, {}, (error) => error || note("asks", to));
  };
  for (const room of [require("node:http"), require("node:https")]) for (const name of ["get", "request"]) {
    const real = room[name];
    room[name] = (given, ...rest) => (asked(given, ...rest), real(given, ...rest));
  }
  globalThis.fetch = async (given) => { asked(given?.url ?? given); throw refused("makes no connections"); };
  if (family === "code") {
    const shape = (text) => String(text).replace(/\d+/g, "0").replace(/(["'`])[^"'`]*\1/g, "text").replace(/\b[a-z_]\w*\b/gi, "x");
    const watch = (real) => (text, ...rest) => (note("evaluates", shape(text)), real(text, ...rest));
    globalThis.eval = watch(globalThis.eval);
    const RealFunction = Function;
    globalThis.Function = new Proxy(RealFunction, { apply: (to, self, given) => (note("evaluates", shape(given.at(-1))), Reflect.apply(to, self, given)), construct: (to, given) => (note("evaluates", shape(given.at(-1))), Reflect.construct(to, given)) });
    const vm = require("node:vm");
    for (const name of ["runInContext", "runInNewContext", "runInThisContext"]) vm[name] = watch(vm[name]);
  }

  // A statement's tokens; literals of one kind are alike.
  function statement(text) {
    const found = String(text?.sql ?? text?.text ?? text).match(/'(?:[^'\\]|''|\\.)*'|"(?:[^"\\]|""|\\.)*"|`[^`]*`|--[^\n]*|\/\*.*?\*\/|\d+(?:\.\d+)?|\w+|\S/gs) ?? [];
    return found.map((word) => (word.length > 1 && `'"\`-/`.includes(word[0]) ? (word[0] === "'" || word[0] === '"' ? "text" : word[0] === "`" ? "name" : "comment") : /^\d/.test(word) ? "number" : word.toLowerCase())).join(" ");
  }
  const rows = [{ id: 1, name: "word" }];
  const database = new Proxy(function () {}, {
    get: (_, name) => {
      if (name === "then" || typeof name === "symbol") return undefined;
      return (text, ...rest) => {
        if (family === "sql" && ["query", "execute", "run", "all", "get", "each", "exec", "prepare", "raw", "unsafe", "$queryRawUnsafe", "$executeRawUnsafe"].includes(name)) note("statement", statement(text));
        const back = rest.find((one) => typeof one === "function") ?? (typeof text === "function" ? text : null);
        if (back) return setImmediate(back, null, name === "getConnection" || name === "connect" ? database : rows, []), database;
        if (["prepare", "getConnection", "connect", "promise", "createConnection", "createPool", "verbose"].includes(name)) return Object.assign(Promise.resolve(database), { all: () => rows, get: () => rows[0], run: () => rows[0], query: database.query, execute: database.execute });
        const answer = Object.assign([rows, []], { rows, 0: rows });
        return Object.assign(Promise.resolve(answer), { rows });
      };
    },
    apply: () => database,
    construct: () => database,
  });
  const DRIVERS = /^(mysql2?(\/promise)?|pg|sqlite3|better-sqlite3|mariadb|mssql|postgres|knex|sequelize)$/;

  // An application of express and what a request is to its handlers.
  const routes = [];
  const room = () => {
    const app = (req, res) => app;
    for (const method of ["get", "post", "put", "patch", "delete", "all"]) app[method] = (rule, ...chain) => (typeof rule === "string" && chain.length && routes.push({ method: method.toUpperCase(), rule, chain: chain.flat(9) }), app);
    for (const name of ["use", "set", "listen", "engine", "disable", "enable", "param"]) app[name] = () => app;
    app.route = (rule) => { const one = {}; for (const method of ["get", "post", "put", "patch", "delete", "all"]) one[method] = (...chain) => (app[method](rule, ...chain), one); return one; };
    app.locals = {};
    return app;
  };
  const nothing = () => new Proxy(function () {}, { get: (_, name) => (name === "then" || typeof name === "symbol" ? undefined : nothing()), apply: () => nothing(), construct: () => nothing() });
  const express = Object.assign(room, { Router: room, json: () => () => {}, urlencoded: () => () => {}, static: () => () => {}, text: () => () => {}, raw: () => () => {} });
  const load = Module._load;
  Module._load = function (name, parent, main) {
    if (name === "express") return express;
    if (DRIVERS.test(name)) return database;
    try { return load.call(this, name, parent, main); } catch (error) {
      if (error.code !== "MODULE_NOT_FOUND" || name.startsWith(".")) throw error;
      return nothing();
    }
  };
  Module.syncBuiltinESMExports();

  const LITERAL = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.|\$(?!\{))*`/gs;
  function answered(body, headers = {}) {
    const text = typeof body === "string" ? body : Buffer.isBuffer(body) ? body.toString() : JSON.stringify(body) ?? "";
    if (family === "markup") {
      for (const [tag] of text.matchAll(/<[a-z!/](?:"[^"]*"|'[^']*'|[^>"'])*>?/gi)) if (/mark|word/.test(tag)) note("element", tag.replace(/"[^"]*"|'[^']*'/g, "text").replace(/mark|word[\w.]*/g, "x"), /=\s*["']?\s*javascript:/i.test(tag));
      for (const [, , inner] of text.matchAll(/<(script|style)[^>]*>(.*?)<\/\1/gis)) if (/mark|word/.test(inner)) note("script", inner.replace(LITERAL, "text").replace(/\w+/g, "x"));
    }
    if (family === "redirects") {
      try {
        const to = new URL(headers.location ?? text.trim(), "http://here.invalid/");
        if (to.host.includes("mark") || to.protocol === "javascript:") note("sends to", to.protocol, to.host);
      } catch { /* it is no address */ }
    }
    if (family === "headers") for (const [name, value] of Object.entries(headers)) if (/[\r\n]/.test(name + value)) note("a header with a line break");
  }
  function request(entry) {
    const parts = { query: {}, form: {}, json: {}, cookie: {}, header: {}, path: {}, session: {} };
    entry.slots.forEach(([kind, name], index) => { if (kind === "body") parts.body = values[index]; else if (parts[kind]) parts[kind][name] = values[index]; });
    const headers = Object.fromEntries(Object.entries(parts.header).map(([name, value]) => [name.toLowerCase(), value]));
    const url = entry.rule?.replace(/:(\w+)/g, (_, name) => encodeURIComponent(parts.path[name] ?? "")) ?? "/";
    const query = new URLSearchParams(parts.query).toString(), whole = query ? `${url}?${query}` : url;
    const req = { method: entry.method ?? "GET", params: parts.path, query: parts.query, body: parts.body ?? { ...parts.json, ...parts.form }, cookies: parts.cookie, headers, session: { ...parts.session, save: (back) => back?.() }, url: whole, originalUrl: whole, path: url, get: (name) => headers[name.toLowerCase()], header: (name) => headers[name.toLowerCase()], param: (name) => values[entry.slots.findIndex(([, one]) => one === name)], ip: "192.0.2.1", protocol: "http", hostname: "here.invalid" };
    return req;
  }
  function respond(done) {
    const headers = {}, chunks = [], res = { statusCode: 200, locals: {}, headersSent: false };
    const finish = (body) => { if (body !== undefined && typeof body !== "function") chunks.push(body); answered(chunks.length === 1 ? chunks[0] : chunks.join(""), headers); done(); return res; };
    Object.assign(res, {
      status: (code) => ((res.statusCode = code), res), sendStatus: () => finish(""), set: (name, value) => (Object.assign(headers, typeof name === "string" ? { [name.toLowerCase()]: String(value) } : name), res), type: () => res,
      send: finish, end: finish, json: (body) => (headers["content-type"] = "application/json", family === "markup" ? finish("") : finish(body)), write: (body) => (chunks.push(body), true), getHeader: (name) => headers[name.toLowerCase()], removeHeader: () => {}, on: () => res, once: () => res, emit: () => true,
      redirect: (...given) => ((headers.location = String(given.at(-1))), finish("")), writeHead: (code, more) => (Object.assign(headers, Object.fromEntries(Object.entries(more ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]))), res),
      sendFile: (file, settings) => (touch(settings?.root ? path.join(settings.root, file) : file), finish("")), download: (file) => (touch(file), finish("")), render: () => finish(""), cookie: () => res, clearCookie: () => res,
    });
    res.header = res.append = res.setHeader = res.set;
    return res;
  }
  const touch = (file) => { try { fs.readFileSync(file); } catch { /* noted all the same */ } };
  const pass = async (chain, req, res) => {
    for (const handler of chain) {
      if (typeof handler !== "function") continue;
      let on_ = false;
      await handler(req, res, () => (on_ = true));
      if (!on_) return;
    }
  };

  function made(one, entry) {
    const at = (key) => { const index = entry.slots.findIndex(([, name, position]) => name === key && (position === undefined || position === one.position)); return index < 0 ? undefined : values[index]; };
    if (one.kind === "database") return database;
    if (one.kind === "callback" || one.kind === "function") return () => {};
    if (one.kind === "default") return undefined;
    if (one.kind === "item") return Object.fromEntries((one.keys ?? []).map((key) => [key, at(key) ?? "placeholder"]));
    if (one.fixed) return one.folder ? `${TOP}/app/files` : "placeholder";
    const value = at(one.name || `p${one.position}`);
    return one.kind === "list" ? [value] : one.kind === "number" && /^\d+$/.test(value) ? Number(value) : value;
  }
  // Import and export become what `require` understands, and every name at the top can be reached.
  function compiled(text) {
    if (CODE.endsWith("ts")) {
      const stripped = Module.stripTypeScriptTypes ? {} : spawnSync("esbuild", ["--loader=ts", "--log-level=error"], { input: text });
      if (Module.stripTypeScriptTypes) text = Module.stripTypeScriptTypes(text, { mode: "transform" });
      else if (stripped.status === 0) text = stripped.stdout.toString();
      else throw new Error("TypeScript needs Node 22.13 or esbuild");
    }
    text = text.replace(/^\s*import\s+["']([^"']+)["'];?/gm, 'require("$1");')
      .replace(/^\s*import\s+(?:(\w+)\s*,?\s*)?(?:\{([^}]*)\}|\*\s*as\s+(\w+))?\s*from\s*["']([^"']+)["'];?/gm, (_, whole, some, all, name) => [whole && `const ${whole} = ((m) => m.default ?? m)(require("${name}"));`, some && `const {${some.replace(/\s+as\s+/g, ": ")}} = require("${name}");`, all && `const ${all} = require("${name}");`].filter(Boolean).join(" "))
      .replace(/^\s*export\s+default\s+/gm, "module.exports.default = ").replace(/^\s*export\s+(?=(async|function|class|const|let|var)\b)/gm, "").replace(/^\s*export\s*\{[^}]*\};?/gm, "");
    const names = CALL.entry.name?.split(".")[0];
    const reach = names ? `\n;try { module.reached = ${names}; } catch { module.reached = module.exports.${names} ?? module.exports; }` : "";
    const module_ = new Module(CODE, null);
    module_.filename = CODE;
    module_.paths = Module._nodeModulePaths(path.dirname(CODE));
    module_._compile(text + reach, CODE);
    return module_;
  }

  (async () => {
    const { entry } = CALL, text = own.readFileSync(CODE, "utf8");
    process.on("uncaughtException", end);
    process.on("unhandledRejection", end);
    setTimeout(end, 5_000);
    if (entry.kind === "script") {
      process.argv = ["node", CODE, ...values];
      const log = [];
      console.log = (...what) => log.push(what.join(" "));
      on = true;
      compiled(text);
      await new Promise((yes) => setTimeout(yes, 200));
      return answered(log.join("\n")), end();
    }
    const module_ = compiled(text);
    on = true;
    if (entry.kind === "route") {
      const route = routes.find((one) => one.rule === entry.rule && [entry.method, "ALL"].includes(one.method)) ?? routes[entry.index];
      return pass(route.chain, request(entry), respond(end)).catch(end);
    }
    let target = module_.reached, self;
    const method = entry.name.split(".")[1];
    if (method) {
      self = entry.static ? target : new target(...entry.owner.map((one) => made(one, entry)));
      target = self[method];
    }
    if (entry.kind === "handler") return pass([target.bind(self)], request(entry), respond(end)).catch(end);
    let result = target.apply(self, entry.parameters.map((one) => made(one, entry)));
    if (result?.then) result = await result;
    answered(result);
    setTimeout(end, 50);
  })().catch(end);
}
