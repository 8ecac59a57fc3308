// Runs in the sandbox, in Node: records and answers requests to a network that is not there.
//
// It follows the same rules as network.py. Nothing is sent.
"use strict";

const { EventEmitter } = require("events");
const { Readable, Writable } = require("stream");
const net = require("net");
const { call } = require("./recorder.js");

const OUTSIDE = "93.184.216.34", INSIDE = "10.11.12.13", INWARDS = "http://127.0.0.1/inwards";
const BODY = '{"ok": true, "name": "placeholder", "url": "http://placeholder.example.com/", "items": [], "data": {}}';

function resolve(host) {
  host = String(host).replace(/^\[|\]$/g, "").replace(/\.$/, "").toLowerCase();
  if (net.isIP(host)) return host;
  try {
    const plain = new URL(`http://${host}/`).hostname;
    if (net.isIP(plain)) return plain;
  } catch {}
  if (host === "localhost" || host.endsWith(".localhost")) return "127.0.0.1";
  return /\.(internal|local)$/.test(host) || !host.includes(".") ? INSIDE : OUTSIDE;
}

// Record a request and those that redirections lead to: [last URL, whether it is a redirection]. Throws on a bad URL.
function visit(client, method, url, { follow = true, verify = true } = {}) {
  let redirected = false;
  for (;;) {
    const parts = new URL(url);
    if (!/^https?:$/.test(parts.protocol)) throw new TypeError(`Unsupported protocol ${parts.protocol}`);
    call("request", { client, method, url: String(url), host: parts.hostname.replace(/^\[|\]$/g, ""), redirected, address: resolve(parts.hostname),
      verify: verify && process.env.NODE_TLS_REJECT_UNAUTHORIZED !== "0" });
    if (!parts.hostname.startsWith("redirect")) return [String(url), false];
    if (follow === "error") throw new TypeError("unexpected redirect");
    if (!follow) return [String(url), true];
    [url, redirected] = [INWARDS, true];
  }
}

const checks = (...options) => !options.some((o) => o && (o.rejectUnauthorized === false || checks.off(o.agent) || checks.off(o.httpsAgent)));
checks.off = (agent) => agent && agent.options && agent.options.rejectUnauthorized === false;

const headers = () => ({ "content-type": "application/json", "content-length": String(BODY.length) });

async function fetch_(input, init = {}) {
  const url = typeof input === "string" ? input : input.url || input.href || String(input);
  const mode = init.redirect || (input && input.redirect) || "follow";
  const [last, redirect] = visit("fetch", init.method || "GET", url, { follow: mode === "follow" ? true : mode === "error" ? "error" : false, verify: checks(init, init.dispatcher) });
  const answer = new Response(redirect ? null : BODY, { status: redirect ? 302 : 200, headers: redirect ? { location: INWARDS } : headers() });
  Object.defineProperty(answer, "url", { value: last });
  return Object.assign(answer, { buffer: async () => Buffer.from(BODY) });
}

function axiosLike(name) {
  const send = async (first, second = {}, defaults = {}) => {
    const options = { ...defaults, ...(typeof first === "object" && !(first instanceof URL) ? first : { ...second, url: String(first) }) };
    const base = options.baseURL || options.prefixUrl || "";
    let url = options.url || options.uri || "";
    if (base && !/^([a-z][a-z\d+-]*:)?\/\//i.test(url)) url = base.replace(/\/+$/, "") + "/" + String(url).replace(/^\/+/, "");
    const never = options.maxRedirects === 0 || options.followRedirect === false || options.redirect === "manual";
    const [last, redirect] = visit(name, String(options.method || "GET").toUpperCase(), url, { follow: !never, verify: checks(options, options.https) });
    const wanted = options.responseType;
    const data = wanted === "stream" ? Readable.from([BODY]) : wanted === "arraybuffer" ? Buffer.from(BODY) : JSON.parse(BODY);
    return { data, body: BODY, text: BODY, status: redirect ? 302 : 200, statusCode: redirect ? 302 : 200, headers: headers(), config: options, url: last, ok: !redirect, request: { res: { responseUrl: last } } };
  };
  const make = (defaults) => {
    const client = (first, second) => finish(send(first, second, defaults), second, first);
    for (const method of ["get", "delete", "head", "options"]) client[method] = (url, options, cb) => finish(send(url, { ...(typeof options === "object" ? options : {}), method }, defaults), cb || options);
    for (const method of ["post", "put", "patch"]) client[method] = (url, data, options) => finish(send(url, { ...(name === "axios" ? options : data), method }, defaults), options);
    Object.assign(client, { request: client, create: (more) => make({ ...defaults, ...more }), extend: (more) => make({ ...defaults, ...more }), defaults: { headers: { common: {} } },
      interceptors: { request: { use() {} }, response: { use() {} } }, isAxiosError: () => false, AxiosError: Error, stream: () => Readable.from([BODY]) });
    client.default = client;
    return client;
  };
  const finish = (promise, ...callbacks) => {
    const callback = callbacks.find((c) => typeof c === "function");
    if (callback) promise.then((r) => callback(null, r, r.body), (e) => callback(e));
    promise.json = () => promise.then(() => JSON.parse(BODY));
    promise.text = () => promise.then(() => BODY);
    promise.buffer = () => promise.then(() => Buffer.from(BODY));
    for (const step of ["set", "query", "send", "timeout", "redirects", "type", "accept"]) promise[step] = () => promise;
    promise.pipe = (to) => Readable.from([BODY]).pipe(to);
    promise.on = () => promise;
    return promise;
  };
  return make({});
}

// http.request and https.request: they follow no redirections.
function requester(scheme) {
  const request = (...given) => {
    const callback = given.find((value) => typeof value === "function");
    const first = given[0];
    const options = given.find((value) => value && typeof value === "object" && !(value instanceof URL)) || {};
    const own = `${options.protocol || scheme + ":"}//${options.hostname || options.host || "localhost"}${options.port ? ":" + options.port : ""}${options.path || "/"}`;
    const url = typeof first === "string" || first instanceof URL ? String(first) : first.href || own;
    const outgoing = new Writable({ write: (_, __, done) => done() });
    const go = () => visit(scheme, options.method || "GET", url, { follow: false, verify: checks(options) })[1];
    let redirect = options.lookup ? false : go();
    const answer = () => {
      const incoming = Readable.from([Buffer.from(BODY)]);
      Object.assign(incoming, { statusCode: redirect ? 302 : 200, statusMessage: "OK", headers: redirect ? { location: INWARDS } : headers(), socket: new EventEmitter() });
      if (callback) callback(incoming);
      outgoing.emit("response", incoming);
    };
    // a lookup of the code's own decides when it connects
    if (options.lookup) options.lookup(new URL(url).hostname, { all: false }, (error) => (error ? outgoing.destroy(error) : ((redirect = go()), setImmediate(answer))));
    else setImmediate(answer);
    return Object.assign(outgoing, { setTimeout: () => outgoing, setHeader() {}, abort() {}, flushHeaders() {} });
  };
  const get = (...given) => {
    const outgoing = request(...given);
    outgoing.end();
    return outgoing;
  };
  return { request, get };
}

function lookups(dns) {
  const lookup = (host, options, callback) => {
    callback = callback || options;
    const found = { address: resolve(host), family: net.isIP(resolve(host)) || 4 };
    const all = options && options.all;
    setImmediate(() => (all ? callback(null, [found]) : callback(null, found.address, found.family)));
  };
  const addresses = (host, type, callback) => setImmediate(() => (callback || type)(null, [resolve(host)]));
  const promises = {
    lookup: async (host, options) => {
      const found = { address: resolve(host), family: net.isIP(resolve(host)) || 4 };
      return options && options.all ? [found] : found;
    },
    resolve: async (host) => [resolve(host)], resolve4: async (host) => [resolve(host)], resolve6: async () => [],
  };
  return { ...dns, lookup, resolve: addresses, resolve4: addresses, resolve6: (h, cb) => cb(null, []), promises };
}

module.exports = { fetch_, axiosLike, requester, lookups, visit };
