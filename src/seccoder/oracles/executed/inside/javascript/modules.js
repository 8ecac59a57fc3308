// Runs in the sandbox, in Node: decides what `require` gives the code under test.
//
// Node's own modules are watched. Databases, networks and frameworks have stand-ins. A few small libraries are imitated by
// what they do. Everything else is an empty shell.
"use strict";

const { call, event, asked, line } = require("./recorder.js");
const network = require("./network.js");
const { drivers } = require("./databases.js");
const ciphers = require("./ciphers.js");
const web = require("./web.js");

// What a browser parses as markup, and what it shows as text.
const PAGE = /^(innerHTML|outerHTML|srcdoc)$/, WRITES = /^(write|writeln|insertAdjacentHTML|html|createContextualFragment)$/;
const TEXTS = /^(textContent|innerText|createTextNode|text|setAttribute)$/;

// Anything can be done with it and nothing happens; its calls are recorded.
function shell(name) {
  const known = {};
  return new Proxy(function () {}, {
    get(target, property) {
      if (property === "then" || property === "prototype") return target[property];
      if (property === "__esModule") return undefined;
      if (property === Symbol.toPrimitive) return () => "";
      if (property === Symbol.iterator) return [][Symbol.iterator].bind([]);
      if (typeof property === "symbol") return undefined;
      if (property === "toString" || property === "toJSON") return () => "";
      return (known[property] ??= shell(`${name}.${property}`));
    },
    set(_, property, value) {
      if (PAGE.test(property)) call("markup", { text: String(value) });
      else if (TEXTS.test(property)) call("text", { text: String(value) });
      else if (property === "location" || (property === "href" && /(^|\.)location$/.test(name))) call("place", { url: String(value) });
      known[property] = value;
      return true;
    },
    apply(_, __, given) {
      call("call", { name, given, options: null });
      const method = name.slice(name.lastIndexOf(".") + 1);
      if (WRITES.test(method) && given.length) call("markup", { text: given.map(String).join(" ") });
      else if (TEXTS.test(method) && given.length) call("text", { text: given.map(String).join(" ") });
      else if (/(^|\.)location\.(assign|replace)$/.test(name)) call("place", { url: String(given[0]) });
      const last = given[given.length - 1];
      if (typeof last === "function") setImmediate(() => last(null, shell(name)));
      return shell(name);
    },
    construct(target, given, made) {
      call("call", { name, given, options: null });
      return own(made) ? new Proxy(Object.create(made.prototype), { get: (self, property, proxy) => (property in self || typeof property === "symbol" || property === "then" ? Reflect.get(self, property, proxy) : (known[property] ??= shell(`${name}.${property}`))) }) : shell(name);
    },
  });
}

// Whether it is a class of the code's own, that extends a shell.
const own = (made) => made !== null && typeof made === "function" && /^class\b/.test(Function.prototype.toString.call(made));

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "`": "&#96;", "/": "&#x2F;" };
const escapeHtml = (text) => String(text ?? "").replace(/[&<>"']/g, (c) => ENTITIES[c]);
const stripTags = (text) => String(text ?? "").replace(/<\/?[a-z!][^>]*>?/gi, "").replace(/</g, "&lt;");
const quote = (words) => words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${String(word).replace(/'/g, "'\\''")}'`)).join(" ");

const lodash = () => {
  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
  const merge = (target, ...sources) => {
    for (const source of sources) {
      for (const key of Object.keys(source ?? {})) {
        if (key === "__proto__" || key === "constructor" || key === "prototype") continue;
        target[key] = isObject(source[key]) && isObject(target[key]) ? merge(target[key], source[key]) : source[key];
      }
    }
    return target;
  };
  const parts = (path) => (Array.isArray(path) ? path : String(path).split(/[.[\]]+/).filter(Boolean));
  const get = (object, path, fallback) => parts(path).reduce((at, key) => (at === null || at === undefined ? undefined : at[key]), object) ?? fallback;
  const set = (object, path, value) => {
    const keys = parts(path);
    if (keys.some((key) => ["__proto__", "constructor", "prototype"].includes(key))) return object;
    keys.slice(0, -1).reduce((at, key) => (at[key] = isObject(at[key]) ? at[key] : {}), object)[keys[keys.length - 1]] = value;
    return object;
  };
  return Object.assign((value) => value, {
    merge, defaultsDeep: (target, ...rest) => merge(target, ...rest.reverse()), assign: Object.assign, extend: Object.assign, get, set, has: (o, p) => get(o, p) !== undefined, escape: escapeHtml, isObject, isPlainObject: isObject, isString: (v) => typeof v === "string",
    isEmpty: (v) => !v || Object.keys(v).length === 0, cloneDeep: structuredClone, clone: (v) => (isObject(v) ? { ...v } : v), pick: (o, keys) => Object.fromEntries(Object.entries(o ?? {}).filter(([k]) => [].concat(keys).includes(k))), omit: (o, keys) => Object.fromEntries(Object.entries(o ?? {}).filter(([k]) => ![].concat(keys).includes(k))),
    trim: (v) => String(v).trim(), escapeRegExp: (v) => String(v).replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), uniq: (v) => [...new Set(v)], map: (v, f) => Object.values(v).map(f), template: (text) => (data) => compiled(text, data),
  });
};

// A template with `<%= code %>`, `<%- code %>` and `{{ name }}`: the code is run, as the engines do.
function compiled(text, data = {}) {
  const value = (code) => new Function(...Object.keys(data), `return (${code})`)(...Object.values(data));
  return String(text).replace(/<%([=-])([\s\S]+?)%>/g, (_, mark, code) => (mark === "=" ? escapeHtml(value(code)) : value(code)));
}
const mustache = (text, data = {}) => String(text).replace(/\{\{\{\s*([\w.]+)\s*\}\}\}|\{\{&\s*([\w.]+)\s*\}\}|\{\{\s*([\w.]+)\s*\}\}/g, (_, raw, also, name) => (name ? escapeHtml(data[name]) : data[raw || also] ?? ""));
const pug = (text, data = {}) => String(text).replace(/([#!])\{(.+?)\}/g, (_, mark, code) => { const found = new Function(...Object.keys(data), `return (${code})`)(...Object.values(data)); return mark === "#" ? escapeHtml(found) : found; });

const purify = { sanitize: stripTags };
const yaml = () => ({ load: parseYaml, safeLoad: parseYaml, parse: parseYaml, JSON_SCHEMA: {}, FAILSAFE_SCHEMA: {}, dump: JSON.stringify, stringify: JSON.stringify });
const parseYaml = (text) => { try { return JSON.parse(text); } catch { return Object.fromEntries(String(text).split("\n").map((l) => l.split(/:\s*/)).filter((p) => p.length > 1)); } };
const serialize = { serialize: JSON.stringify, unserialize: (text) => { const o = JSON.parse(text); for (const k of Object.keys(o)) if (typeof o[k] === "string" && o[k].startsWith("_$$ND_FUNC$$_")) o[k] = eval(`(${o[k].slice(13)})`); return o; } };
const validator = { escape: (t) => String(t).replace(/[&<>"'`/\\]/g, (c) => ENTITIES[c] || "&#x5C;"), trim: (t) => String(t).trim(), isAlphanumeric: (t) => /^[a-z0-9]+$/i.test(t), isEmail: (t) => /^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(t), isInt: (t) => /^[-+]?\d+$/.test(t), isNumeric: (t) => /^[-+]?\d+(\.\d+)?$/.test(t), isURL: (t) => { try { return /^https?:/.test(new URL(t).protocol); } catch { return false; } },
  isIP: (t) => require("net").isIP(t) > 0, isFQDN: (t) => /^([a-z\d-]+\.)+[a-z]{2,}$/i.test(t), isLength: (t, o) => t.length >= (o.min ?? 0) && t.length <= (o.max ?? 1e9), isUUID: (t) => /^[\da-f-]{36}$/i.test(t), isAlpha: (t) => /^[a-z]+$/i.test(t), isIn: (t, list) => list.includes(t), matches: (t, r) => new RegExp(r).test(t), whitelist: (t, c) => String(t).replace(new RegExp(`[^${c}]+`, "g"), ""), blacklist: (t, c) => String(t).replace(new RegExp(`[${c}]+`, "g"), ""), toInt: (t) => parseInt(t, 10) };

const libraries = {
  ...web.frameworks,
  express: () => web.express, fastify: () => web.fastify, koa: () => web.koa, "koa-router": () => web.koa, "@koa/router": () => web.koa,
  "body-parser": () => ({ json: web.passes, urlencoded: web.passes, text: web.passes, raw: web.passes }),
  "cookie-parser": () => web.passes, cors: () => web.passes, helmet: () => web.passes, morgan: () => web.passes, compression: () => web.passes, csurf: () => web.passes, "express-session": () => web.passes, "express-rate-limit": () => Object.assign(web.passes, { rateLimit: web.passes }), "express-fileupload": () => web.passes,
  multer: () => Object.assign(() => ({ single: web.passes, array: web.passes, any: web.passes, none: web.passes, fields: web.passes }), { diskStorage: (o) => o, memoryStorage: () => ({}) }), "express-async-handler": () => (f) => f,
  dotenv: () => ({ config: () => ({}) }), axios: () => network.axiosLike("axios"), got: () => network.axiosLike("got"), request: () => network.axiosLike("request"), "request-promise": () => network.axiosLike("request"), needle: () => network.axiosLike("needle"), superagent: () => network.axiosLike("superagent"), "node-fetch": () => Object.assign(network.fetch_, { default: network.fetch_ }), "cross-fetch": () => network.fetch_, undici: () => ({ fetch: network.fetch_, request: network.axiosLike("undici"), Agent: function (o) { return o; } }),
  lodash, "lodash.merge": () => lodash().merge, "lodash.escape": () => escapeHtml, "lodash.set": () => lodash().set, underscore: lodash, "escape-html": () => escapeHtml, he: () => ({ encode: escapeHtml, escape: escapeHtml, decode: (t) => t }), "html-escaper": () => ({ escape: escapeHtml }), entities: () => ({ encodeHTML: escapeHtml, escapeUTF8: escapeHtml, encode: escapeHtml }), xss: () => Object.assign(escapeHtml, { filterXSS: escapeHtml }), validator: () => validator,
  dompurify: () => Object.assign(() => purify, purify), "isomorphic-dompurify": () => purify, "sanitize-html": () => stripTags, jsdom: () => ({ JSDOM: function () { return { window: {} }; } }), "shell-quote": () => ({ quote, parse: (t) => t.split(" ") }), "shell-escape": () => quote, "shellescape": () => quote,
  ejs: () => ({ render: compiled, compile: (t) => (d) => compiled(t, d), renderFile: async (f, d) => "" }), mustache: () => ({ render: mustache }), handlebars: () => ({ compile: (t) => (d) => mustache(t, d), escapeExpression: escapeHtml, registerHelper() {} }), pug: () => ({ render: pug, compile: (t) => (d) => pug(t, d) }), nunjucks: () => ({ renderString: (t, d) => String(t).replace(/\{\{(.+?)\}\}/g, (_, c) => { try { return escapeHtml(new Function(...Object.keys(d ?? {}), `return (${c})`)(...Object.values(d ?? {}))); } catch { return ""; } }), configure: () => libraries.nunjucks() }),
  "js-yaml": yaml, yaml, "node-serialize": () => serialize, "serialize-javascript": () => (v) => JSON.stringify(v).replace(/[<>/\u2028\u2029]/g, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0")), "sanitize-filename": () => (t) => String(t).replace(/[/?<>\\:*|"\0]/g, "").replace(/^\.+$/, ""), slugify: () => (t) => String(t).toLowerCase().replace(/[^\w]+/g, "-"), qs: () => ({ parse: (t) => Object.fromEntries(new URLSearchParams(t)), stringify: (o) => new URLSearchParams(o).toString() }),
  "ipaddr.js": () => shell("ipaddr.js"), mime: () => ({ getType: (f) => "text/plain", lookup: () => "text/plain" }), "mime-types": () => ({ lookup: () => "text/plain", contentType: () => "text/plain" }), "fs-extra": () => ({ ...watched.fs(), ...watched["fs/promises"]() }),
  "express-validator": () => { const chain = () => new Proxy(Object.assign((q, r, next) => next(), {}), { get: (t, n) => (n in t && n !== "length" && n !== "name" ? t[n] : () => chain()) }); return { body: chain, query: chain, param: chain, check: chain, validationResult: () => ({ isEmpty: () => true, array: () => [] }) }; },
};

const PATHS = /^(readFile|writeFile|appendFile|open|access|stat|lstat|exists|readdir|realpath|createReadStream|createWriteStream|unlink|rm|rmdir|mkdir|copyFile|rename|opendir|readlink)(Sync)?$/;

function watchedFiles(real) {
  const made = { ...real };
  for (const name of Object.keys(real)) {
    if (PATHS.test(name)) {
      made[name] = function (...given) {
        asked(given[0]);
        return real[name].apply(this, given);
      };
      Object.assign(made[name], real[name]); // realpath.native
      Object.defineProperty(made[name], Symbol.for("nodejs.util.promisify.custom"), { value: real[name][Symbol.for("nodejs.util.promisify.custom")], enumerable: false });
    }
  }
  return made;
}

function watchedPrograms() {
  const real = require("child_process");
  const made = { ...real };
  for (const name of ["exec", "execSync", "execFile", "execFileSync", "spawn", "spawnSync", "fork"]) {
    made[name] = function (...given) {
      const noted = () => event("subprocess.Popen", JSON.stringify(given.filter((value) => typeof value !== "function").slice(0, 2)));
      if (!name.endsWith("Sync")) noted();
      try {
        const result = real[name].apply(this, given);
        if (name.endsWith("Sync") && !result?.error) noted();
        return result;
      } catch (error) {
        if (typeof error.status === "number") noted(); // it was started, and failed
        throw error;
      }
    };
    const custom = real[name][require("util").promisify.custom];
    if (custom) {
      Object.defineProperty(made[name], require("util").promisify.custom, { value: (...given) => (event("subprocess.Popen", JSON.stringify(given.slice(0, 2))), custom(...given)) });
    }
  }
  return made;
}

const once = (make) => { let made; return () => (made ??= make()); };
const watched = {
  fs: once(() => { const made = watchedFiles(require("fs")); made.promises = watchedFiles(require("fs").promises); return made; }),
  "fs/promises": once(() => watched.fs().promises), child_process: once(watchedPrograms),
  http: once(() => ({ ...require("http"), ...network.requester("http"), createServer: web.createServer, Agent: function (o) { return { options: o || {} }; } })),
  https: once(() => ({ ...require("https"), ...network.requester("https"), createServer: web.createServer, Agent: function (o) { return { options: o || {} }; } })),
  dns: once(() => network.lookups(require("dns"))), "dns/promises": once(() => network.lookups(require("dns")).promises),
  readline: once(() => ({ createInterface: () => questions(), promises: { createInterface: () => questions() } })), "readline/promises": once(() => ({ createInterface: () => questions() })),
  vm: once(() => { const real = require("vm"); const made = { ...real }; for (const name of ["runInNewContext", "runInThisContext", "runInContext", "compileFunction"]) made[name] = (...given) => (event("compile", given[0]), real[name](...given)); return made; }),
};

const settings = { own: undefined }; // the key of the run's own signatures, where these are asked for
watched.crypto = once(() => ciphers.watchedCrypto(settings.own));
for (const name of Object.keys(ciphers.libraries())) libraries[name] = once(() => ciphers.libraries(watched.crypto(), settings.own)[name]());

const input = { lines: [] };
function questions() {
  const self = { question: (text, options, callback) => { const f = [options, callback].find((v) => typeof v === "function"); const said = input.lines.shift() ?? ""; if (f) setImmediate(() => f(said)); return Promise.resolve(said); }, on: (name, f) => { if (name === "line") for (const one of input.lines.splice(0)) setImmediate(() => f(one)); if (name === "close") setImmediate(f); return self; }, once: (n, f) => self.on(n, f), close() {}, prompt() {}, setPrompt() {}, [Symbol.asyncIterator]: async function* () { yield* input.lines.splice(0); } };
  return self;
}

const kept = new Map();
const missing = [];
const ENDINGS = ["", ".js", ".cjs", ".mjs", ".ts", ".mts", ".cts", ".json", "/index.js", "/index.ts"];
// A module of the code's own package, which lies beside it; undefined if there is none.
function besides(name, from) {
  const fs = require("fs"), at = require("path").resolve(from, name);
  const place = [...ENDINGS.map((ending) => at + ending), at.replace(/js$/, "ts")].find((one) => fs.statSync(one, { throwIfNoEntry: false })?.isFile());
  if (place === undefined || !place.startsWith("/box/") || place.startsWith("/box/harness/")) return undefined;
  if (!kept.has(place)) {
    const module = { exports: {} }, text = fs.readFileSync(place, "utf8"), folder = require("path").dirname(place);
    kept.set(place, module);
    if (place.endsWith(".json")) module.exports = JSON.parse(text);
    else new (require("vm").Script)(`(function (exports, require, module, __filename, __dirname) {${text}\n})`, { filename: place }).runInThisContext()(module.exports, (inner) => require_(inner, folder), module, place, folder);
  }
  return kept.get(place);
}
function require_(name, from = "/box/app") {
  if (/^\.{1,2}\//.test(name)) {
    const found = besides(String(name), from);
    if (found) return found.exports;
  }
  const plain = String(name).replace(/^node:/, "");
  if (kept.has(plain)) return kept.get(plain);
  let found;
  if (plain in watched) found = watched[plain]();
  else if (plain in drivers) found = drivers[plain]();
  else if (plain in libraries) found = libraries[plain]();
  else if (require("module").builtinModules.includes(plain)) found = require(plain);
  else {
    missing.push(plain);
    found = shell(plain);
  }
  kept.set(plain, found);
  return found;
}

const known = (name) => name in watched || name in drivers || name in libraries || require("module").builtinModules.includes(name);

module.exports = { require_, known, shell, missing, input, settings };
