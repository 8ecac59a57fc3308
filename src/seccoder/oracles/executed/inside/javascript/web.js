// Runs in the sandbox, in Node: stands in for frameworks that are not there (express, koa, fastify).
//
// It makes requests and answers without a network. An application registers its routes here; a request is made by calling
// its handlers.
"use strict";

const fs = require("fs");
const path = require("path");
const { Readable, Writable } = require("stream");
const { asked, call } = require("./recorder.js");

const routes = [];
const middlewares = [];
const TYPES = { html: "text/html; charset=utf-8", htm: "text/html; charset=utf-8", txt: "text/plain; charset=utf-8", text: "text/plain; charset=utf-8", json: "application/json; charset=utf-8", js: "text/javascript", css: "text/css", png: "image/png", svg: "image/svg+xml", xml: "application/xml", pdf: "application/pdf" };
const METHODS = ["get", "post", "put", "patch", "delete", "all", "head", "options"];

function request(parts, method, url) {
  const form = new URLSearchParams(parts.json).toString();
  const typed = parts.body !== undefined;
  const body = typed ? parts.body : { ...parts.json, ...parts.form };
  const raw = typed ? (typeof body === "string" ? body : JSON.stringify(body)) : method === "GET" ? "" : url.form ? form : JSON.stringify(body);
  const made = Readable.from(raw ? [Buffer.from(raw)] : []);
  const headers = { host: "localhost", "content-type": url.form ? "application/x-www-form-urlencoded" : "application/json", "content-length": String(Buffer.byteLength(raw)), ...parts.header };
  const search = new URLSearchParams(parts.query).toString();
  if (Object.keys(parts.cookie).length) headers.cookie = Object.entries(parts.cookie).map(([k, v]) => `${k}=${encodeURIComponent(v)}`).join("; ");
  return Object.assign(made, {
    method, params: parts.path, query: parts.query, body, cookies: parts.cookie, signedCookies: parts.cookie, headers, session: Object.assign(parts.session, { save: (f) => f && f(), destroy: (f) => f && f(), regenerate: (f) => f && f() }),
    path: url.path, url: url.path + (search ? `?${search}` : ""), originalUrl: url.path + (search ? `?${search}` : ""), baseUrl: "", hostname: "localhost", host: "localhost", protocol: "http", ip: "127.0.0.1", ips: [], secure: false, xhr: false,
    socket: { remoteAddress: "127.0.0.1" }, connection: { remoteAddress: "127.0.0.1" }, user: { id: 1, name: "placeholder" }, file: parts.file, files: parts.file ? Object.assign([parts.file], { [parts.file.fieldname]: parts.file }) : [], log: console,
    get: (name) => headers[String(name).toLowerCase()], header: (name) => headers[String(name).toLowerCase()], is: () => false, accepts: (kinds) => [].concat(kinds)[0], acceptsLanguages: () => false, isAuthenticated: () => true, flash() {}, app: { get() {}, locals: {} },
  });
}

// An address as express and koa write it into a header: these three characters stay as they are.
const encoded = (to) => to.replace(/[^\\^|]+/g, (part) => encodeURI(part).replace(/%25/g, "%"));

// An answer as express gives it; streams can be piped into it.
function answer(done) {
  const chunks = [];
  const made = new Writable({ write: (chunk, _, next) => (chunks.push(Buffer.from(chunk)), next()) });
  const headers = {};
  let finished = false;
  const set = (name, value) => {
    if (name && typeof name === "object") return Object.entries(name).forEach(([k, v]) => set(k, v)), made;
    if (/[\r\n\0]/.test(String(value)) || /[^\x20-\x7e\t\x80-\xff]/.test(String(value))) throw new TypeError(`Invalid character in header content ["${name}"]`);
    headers[String(name)] = Array.isArray(value) ? value.join(", ") : String(value);
    return made;
  };
  const type = () => Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  const finish = () => {
    if (finished) return made;
    finished = made.headersSent = made.writableFinished_ = true;
    done({ status: made.statusCode, type: type(), headers, body: Buffer.concat(chunks) });
    return made;
  };
  const end = made.end.bind(made);
  made.on("finish", finish);
  const kind = (value) => set("Content-Type", value.includes("/") ? value : TYPES[value.replace(/^\./, "")] || "application/octet-stream");
  const send = (body) => {
    if (body === undefined || body === null) return made.end();
    if (typeof body === "object" && !Buffer.isBuffer(body)) return made.json(body);
    if (typeof body === "number" && body < 1000) body = String(body);
    if (!type()) set("Content-Type", Buffer.isBuffer(body) ? "application/octet-stream" : "text/html; charset=utf-8");
    return made.end(Buffer.isBuffer(body) ? body : String(body));
  };
  const file = (name, options = {}, callback) => {
    if (typeof options === "function") [callback, options] = [options, {}];
    const fail = (status, message) => {
      const error = Object.assign(new Error(message), { status, statusCode: status });
      if (callback) return callback(error);
      made.statusCode = status;
      return send(message);
    };
    let full = String(name);
    if (options.root) {
      if (full.includes("\0")) return fail(400, "Bad Request");
      if (path.normalize("." + path.sep + full).split(path.sep).includes("..") || full.split(/[\\/]/).includes("..")) return fail(403, "Forbidden");
      full = path.join(options.root, full);
    } else {
      if (!path.isAbsolute(full)) throw new TypeError("path must be absolute or specify root to res.sendFile");
      if (full.split(/[\\/]/).includes("..")) return fail(403, "Forbidden");
    }
    asked(full);
    let content;
    try {
      content = fs.readFileSync(full);
    } catch (error) {
      return fail(404, "Not Found");
    }
    if (!type()) kind(path.extname(full) || "bin");
    made.end(content);
    if (callback) callback();
    return made;
  };
  return Object.assign(made, {
    statusCode: 200, locals: {}, headersSent: false, set, header: set, setHeader: set, type: (value) => kind(value), contentType: (value) => kind(value), append: set,
    get: (name) => headers[name], getHeader: (name) => headers[name], removeHeader: (name) => (delete headers[name], made), status: (code) => ((made.statusCode = code), made), code: (code) => ((made.statusCode = code), made),
    writeHead: (code, ...rest) => ((made.statusCode = code), rest.filter((r) => r && typeof r === "object").forEach((r) => set(r)), made),
    send, json: (value) => (type() || set("Content-Type", TYPES.json), made.end(JSON.stringify(value))), jsonp: (value) => made.json(value), end: (chunk, ...rest) => (finished ? made : (end(typeof chunk === "function" ? undefined : chunk), made)),
    sendStatus: (code) => ((made.statusCode = code), set("Content-Type", TYPES.txt), made.end(String(code))),
    redirect: (...given) => { const to = given.find((value) => typeof value === "string") ?? String(given[given.length - 1]); made.statusCode = given.find((value) => typeof value === "number") ?? 302; set("Location", encoded(to)); return made.end(); },
    location: (to) => set("Location", encoded(String(to))), sendFile: file, sendfile: file, download: (name, ...rest) => file(name, ...rest.filter((r) => typeof r === "object" || typeof r === "function")), attachment: () => made, vary: () => made, links: () => made, flushHeaders() {},
    cookie: (name, value, options = {}) => set("Set-Cookie", `${name}=${encodeURIComponent(value)}${options.httpOnly ? "; HttpOnly" : ""}${options.secure ? "; Secure" : ""}`), clearCookie: () => made,
    render: (view, locals = {}, callback) => { const page = rendered(view, typeof locals === "object" ? locals : {}); if (typeof callback === "function") return callback(null, page); set("Content-Type", TYPES.html); return made.end(page); },
    format: (kinds) => (kinds["text/html"] || kinds.html || kinds.default || Object.values(kinds)[0])(),
  });
}

// A page from a view: every local, escaped. Views are not there; what an engine escapes is safe.
function rendered(view, locals) {
  call("render", { view: String(view) });
  const escaped = (value) => String(value).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
  const walk = (value, depth) => (value && typeof value === "object" && depth < 4 ? Object.values(value).map((v) => walk(v, depth + 1)).join(" ") : typeof value === "function" ? "" : escaped(value));
  return `<!doctype html><p>${walk(locals, 0)}</p>`;
}

// What handlers one after the other make of a request.
function pass(chain, req, res) {
  const step = (index, error) => {
    if (index >= chain.length) {
      if (!error) return res.headersSent || res.status(404).end();
      res.status(error.status || error.statusCode || 500);
      return res.send("Internal Server Error");
    }
    const handler = chain[index];
    const next = (problem) => (problem && problem !== "route" && problem !== "router" ? step(index + 1, problem) : step(index + 1, error && handler.length !== 4 ? error : undefined));
    if ((handler.length === 4) !== Boolean(error)) return step(index + 1, error);
    try {
      const result = error ? handler(error, req, res, next) : handler(req, res, next);
      if (result && typeof result.catch === "function") result.catch((caught) => next(caught || new Error("rejected")));
    } catch (caught) {
      next(caught);
    }
  };
  step(0);
}

const stands = (wrapper, handler) => Object.assign(wrapper, { source_: handler });
const flatten = (given) => given.flat(4).filter((value) => typeof value === "function");

function application(prefix = "") {
  const own = [], self = function (req, res, next) { if (next) next(); };
  const add = (method, rule, handlers) => {
    const plain = Array.isArray(rule) ? String(rule[0]) : rule instanceof RegExp ? "/x" : String(rule);
    const route = { method: method === "all" ? "GET" : method.toUpperCase(), rule: plain, chain: [...own, ...flatten(handlers)], app: self };
    (self.stack_ ??= []).push(route);
    routes.push(route);
  };
  for (const method of METHODS) {
    self[method] = (rule, ...handlers) => (handlers.length || method !== "get" ? (add(method, rule, handlers), self) : undefined);
  }
  Object.assign(self, {
    use: (...given) => {
      const at = typeof given[0] === "string" ? given[0] : "";
      for (const value of flatten(given)) {
        if (value.stack_) for (const route of value.stack_) (route.rule = (at + route.rule).replace(/\/+/g, "/")), route.app === value && (self.stack_ ??= []).push(route);
        else if (value.served_) routes.push({ method: "GET", rule: (at + "/:file").replace(/\/+/g, "/"), chain: [value] });
        else if (value.length === 4) for (const route of routes) route.chain.push(value);
        else if (at) add("all", at, [value]);
        else own.push(value);
      }
      return self;
    },
    route: (rule) => { const one = {}; for (const method of METHODS) one[method] = (...handlers) => (add(method, rule, handlers), one); return one; },
    listen: (...given) => { const ready = given.find((value) => typeof value === "function"); if (ready) setImmediate(ready); return { close() {}, address: () => ({ port: 1 }), on() {} }; },
    set: () => self, enable: () => self, disable: () => self, engine: () => self, param: () => self, on: () => self, locals: {}, settings: {}, mountpath: "/", handle() {},
  });
  return self;
}

const passes = () => (req, res, next) => next();

function express() {
  return application();
}
Object.assign(express, {
  Router: () => application(), json: passes, urlencoded: passes, text: passes, raw: passes,
  static: (root) => Object.assign((req, res) => res.sendFile(req.params.file || "index.html", { root: path.resolve(String(root)) }), { served_: true }),
});

function fastify() {
  const self = application();
  const wrapped = (handler) => stands(async (request, reply) => {
    const result = await handler.call(self, request, reply);
    if (result !== undefined && result !== reply && !reply.headersSent) reply.type_ ? reply.end(result) : typeof result === "string" ? (reply.get("Content-Type") || reply.type("text/plain"), reply.end(result)) : reply.json(result);
  }, handler);
  for (const method of METHODS) {
    const add = self[method];
    self[method] = (rule, ...rest) => add(rule, wrapped(rest[rest.length - 1]));
  }
  Object.assign(self, { register: (plugin, options) => (typeof plugin === "function" && plugin.length > 1 && plugin(self, options || {}, () => {}), self), addHook: () => self, decorate: () => self, log: console, listen: async () => {}, ready: async () => {}, setErrorHandler: () => self, route: ({ method, url, handler }) => self[[].concat(method)[0].toLowerCase()](url, handler) });
  return self;
}

function context(req, res) {
  const ctx = { req, res, request: req, response: res, params: req.params, query: req.query, headers: req.headers, path: req.path, url: req.url, method: req.method, state: {}, session: req.session, cookies: { get: (n) => req.cookies[n], set: (n, v, o) => res.cookie(n, v, o) }, set: res.set, get: req.get,
    redirect: (to) => res.redirect(to), throw: (code, message) => { throw Object.assign(new Error(String(message ?? code)), { status: Number(code) || 500 }); }, attachment() {} };
  for (const name of ["status", "type", "body"]) Object.defineProperty(ctx, name, { get: () => ctx[`_${name}`], set: (value) => ((ctx[`_${name}`] = value), name === "status" ? (res.statusCode = value) : name === "type" ? res.type(value) : undefined) });
  return ctx;
}

function koa() {
  const self = application();
  const wrapped = (handler) => stands(async (req, res) => {
    const ctx = context(req, res);
    await handler(ctx, async () => {});
    if (res.headersSent) return;
    if (ctx.body && typeof ctx.body.pipe === "function") return ctx.body.pipe(res);
    if (typeof ctx.body === "string" && !res.get("Content-Type")) res.type(/^\s*</.test(ctx.body) ? "html" : "txt");
    if (ctx.body === undefined) return res.status(404).end();
    res.send(ctx.body);
  }, handler);
  for (const method of METHODS) {
    const add = self[method];
    self[method] = (rule, ...handlers) => add(rule, ...flatten(handlers).map(wrapped));
  }
  self.use = (handler) => { if (typeof handler === "function" && !handler.mounted_ && handler.length) routes.push({ method: "GET", rule: "/x", chain: [wrapped(handler)], view: handler }); return self; };
  self.routes = self.allowedMethods = () => Object.assign(() => {}, { mounted_: true });
  self.prefix = () => self;
  return self;
}

// What a handler of a web `Request` answers (Next.js, Remix, SvelteKit, workers). It may get all in one object.
async function fetched([self, handler], entry, parts) {
  const search = new URLSearchParams(parts.query).toString();
  const url = `http://localhost/x${Object.values(parts.path).map((value) => "/" + encodeURIComponent(value)).join("")}${search ? `?${search}` : ""}`;
  const headers = { ...parts.header };
  if (Object.keys(parts.cookie).length) headers.cookie = Object.entries(parts.cookie).map(([k, v]) => `${k}=${encodeURIComponent(v)}`).join("; ");
  const given = { ...parts.json, ...parts.form };
  const body = entry.method === "GET" ? undefined : parts.body !== undefined ? String(parts.body) : entry.form ? new URLSearchParams(given) : JSON.stringify(given);
  const request = new Request(url, { method: entry.method, headers: entry.form || body === undefined ? headers : { "content-type": "application/json", ...headers }, body });
  const cookies = { get: (name) => (name in parts.cookie ? { name, value: parts.cookie[name] } : undefined), set() {}, has: (name) => name in parts.cookie };
  Object.assign(Object.defineProperty(request, "nextUrl", { value: Object.assign(new URL(url), { clone: () => new URL(url) }) }), { cookies, geo: {}, ip: "127.0.0.1" });
  const context = { params: parts.path, request, url: new URL(url), cookies, locals: {}, env: {}, context: {}, setHeaders() {}, fetch: globalThis.fetch, waitUntil() {} };
  let result;
  try {
    result = await (entry.context ? handler.call(self, context) : handler.call(self, request, context, context));
  } catch (error) {
    if (!(error instanceof Response)) throw error;
    result = error;
  }
  return result instanceof Response ? received(result) : { value: result };
}

async function received(response) {
  return { status: response.status, type: response.headers.get("content-type") ?? "", headers: Object.fromEntries(response.headers), body: Buffer.from(await response.arrayBuffer()) };
}

// What a function of a cloud answers to an event.
async function invoked([self, handler], parts) {
  const body = parts.body ?? JSON.stringify({ ...parts.json, ...parts.form });
  const event = { queryStringParameters: parts.query, pathParameters: parts.path, headers: parts.header, body, isBase64Encoded: false, httpMethod: "POST", path: "/x", rawPath: "/x", requestContext: { http: { method: "POST" } } };
  const result = await new Promise((yes, no) => {
    const done = handler.call(self, event, { callbackWaitsForEmptyEventLoop: true, awsRequestId: "1" }, (error, value) => (error ? no(error) : yes(value)));
    if (done && typeof done.then === "function") done.then(yes, no);
    else if (done !== undefined) yes(done);
  });
  if (!result || typeof result !== "object" || !("statusCode" in result)) return { value: result };
  const headers = result.headers ?? {};
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "application/json";
  return { status: result.statusCode, type: String(type), headers: Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, String(v)])), body: String(result.body ?? "") };
}

const moved = (url, status = 302) => new Response(null, { status: typeof status === "number" ? status : status.status ?? 302, headers: { location: String(url) } });
class NextResponse extends Response {
  static json(value, init) { return new NextResponse(JSON.stringify(value), { ...init, headers: { "content-type": "application/json", ...init?.headers } }); }
  static redirect(url, init) { return moved(new URL(url), typeof init === "number" ? init : init?.status ?? 307); } // it refuses what is no whole address
  static next() { return new NextResponse(null); }
  static rewrite() { return new NextResponse(null); }
  get cookies() { return { set: (name, value, options = {}) => this.headers.append("set-cookie", `${name}=${encodeURIComponent(value)}${options.httpOnly ? "; HttpOnly" : ""}${options.secure ? "; Secure" : ""}`), delete() {}, get() {} }; }
}
const thrown = (url, status) => { throw moved(url, status); };
const frameworks = {
  "next/server": () => ({ NextResponse, NextRequest: Request }), "next/navigation": () => ({ redirect: (url) => thrown(url, 307), permanentRedirect: (url) => thrown(url, 308), notFound: () => { throw new Response(null, { status: 404 }); } }),
  "@remix-run/node": () => ({ json: (value, init) => NextResponse.json(value, init), redirect: moved }), "@sveltejs/kit": () => ({ json: (value, init) => NextResponse.json(value, init), redirect: (status, url) => thrown(url, status), error: (status, message) => { throw new Response(String(message), { status, headers: { "content-type": "application/json" } }); } }),
  hono: () => ({ Hono: hono }), "fastify-plugin": () => (plugin) => plugin,
};
frameworks["@remix-run/server-runtime"] = frameworks["react-router"] = frameworks["@remix-run/node"];

function hono() {
  const self = application();
  const wrapped = (handler) => stands(async (req, res, next) => {
    const finish = (type) => (body, status = 200, headers = {}) => new Response(type.includes("json") ? JSON.stringify(body) : body, { status, headers: { "content-type": type, ...headers } });
    const c = { req: { query: (name) => (name ? req.query[name] : req.query), param: (name) => (name ? req.params[name] : req.params), header: (name) => req.headers[String(name).toLowerCase()], json: async () => req.body, parseBody: async () => req.body, text: async () => JSON.stringify(req.body), url: `http://localhost${req.url}`, path: req.path, method: req.method, raw: req, valid: (part) => (part === "query" ? req.query : part === "param" ? req.params : req.body) },
      env: {}, header: res.set, status: (code) => void (res.statusCode = code), set() {}, get() {}, var: {}, text: finish("text/plain; charset=utf-8"), html: finish("text/html; charset=utf-8"), json: finish("application/json"), body: (body, status = 200, headers = {}) => new Response(body, { status, headers }), redirect: moved, notFound: () => new Response(null, { status: 404 }) };
    const result = await handler(c, async () => next());
    if (!(result instanceof Response)) return;
    const { status, headers, body } = await received(result);
    for (const [name, value] of Object.entries(headers)) res.set(name, value);
    res.status(status).end(body);
  }, handler);
  for (const method of METHODS) {
    const add = self[method];
    self[method] = (rule, ...handlers) => add(rule, ...flatten(handlers).map(wrapped));
  }
  return Object.assign(self, { use: () => self, notFound: () => self, onError: () => self, basePath: () => self, fire() {} });
}

// http.createServer(handler)
function createServer(...given) {
  const handler = given.find((value) => typeof value === "function");
  const self = { listen: (...more) => { const ready = more.find((value) => typeof value === "function"); if (ready) setImmediate(ready); return self; }, on: (name, f) => { if (name === "request") add(f); return self; }, once: () => self, close() {}, address: () => ({ port: 1 }), setTimeout: () => self };
  const add = (f) => routes.push({ method: "GET", rule: "/", chain: [(req, res) => f(req, res)], view: f, server: true });
  if (handler && !handler.stack_) add(handler);
  return self;
}

module.exports = { routes, middlewares, request, answer, pass, express, fastify, koa, createServer, passes, fetched, invoked, frameworks };
