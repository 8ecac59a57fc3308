// Runs in the sandbox, in Node: loads the code under test, lists what can be called, and makes the attempts.
//
// It runs under harness.py. Foreign code shares this process, so what it reports is a claim, which is judged outside.
//
// Its arguments are the file with the work, the descriptor to report to, and the descriptor to wait at.
"use strict";

const fs = require("fs");
const vm = require("vm");
const { stringify, parse } = JSON;
const { writeSync, readSync, writeFileSync, mkdirSync } = fs;
const exit = process.reallyExit.bind(process);
const { setImmediate: soon } = globalThis;
const dirname = require("path").dirname;
const processorTime = process.cpuUsage.bind(process);
Error.stackTraceLimit = 60;

const { notes, begin, call, line } = require("./recorder.js");
const { require_, missing, input, settings, shell } = require("./modules.js");
const { database, model } = require("./databases.js");
const network = require("./network.js");
const web = require("./web.js");
const { elsewhere, fill } = require("./elsewhere.js");
const read = require("./arguments.js");

const APP = "/box/app/app.js", BODY = 20_000;
const work = parse(fs.readFileSync(process.argv[2], "utf8"));
const channel = Number(process.argv[3]), turn = Number(process.argv[4]);
fs.unlinkSync(process.argv[2]);

function tell(message) {
  const data = Buffer.from(stringify(message) + "\n");
  for (let at = 0; at < data.length; ) at += writeSync(channel, data, at);
}

const problems = [];
process.on("uncaughtException", (error) => problems.push(String(error)));
process.on("unhandledRejection", (error) => problems.push(String(error)));
// An attempt waits until nothing is left that could answer, or until the harness says that it took long enough; a timer
// here would run on while others have the processor.
let giveUp = () => {};
const nothingLeft = () => new Promise((yes) => (giveUp = yes));
process.on("beforeExit", () => giveUp());
process.on("SIGUSR2", () => giveUp());
globalThis.fetch = network.fetch_;
const realEval = globalThis.eval, RealFunction = globalThis.Function;

if (work.observe?.includes("expressions")) {
  const exec = RegExp.prototype.exec;
  let busy = false;
  RegExp.prototype.exec = function (text) {
    if (notes.on && !busy && !notes.calls.some(([kind]) => kind === "regex")) {
      busy = true;
      if (line() !== null) call("regex", { text: String(text).slice(0, 100) }); // the harness has expressions of its own
      busy = false;
    }
    return exec.call(this, text);
  };
}

if (work.observe?.includes("randomness")) {
  const random = Math.random;
  Math.random = () => {
    if (notes.on && line() !== null) call("random", { name: "Math.random" });
    return random();
  };
}
if (work.observe?.includes("signatures")) settings.own = work.upload;
Object.defineProperty(globalThis, "crypto", { get: () => require_("crypto").webcrypto, configurable: true });

async function load() {
  const module = { exports: {} }, names = {};
  const text = fs.readFileSync(APP, "utf8");
  const expose = (name, value) => (names[name] = value);
  const tries = work.names.map((name) => `try{__expose(${stringify(name)},${name})}catch{}`).join(";");
  const head = "(async function (exports, require, module, __filename, __dirname, __expose, __elsewhere) {" + tries + ";";
  begins.length = 0;
  let at = head.length;
  for (const line of text.split("\n")) {
    begins.push(at + /^\s*/.exec(line)[0].length);
    at += line.length + 1;
  }
  const script = new vm.Script(head + text + "\n;" + tries + "\n})", { filename: APP });
  const main = Object.assign((name) => require_(name), { main: module, resolve: (name) => name, cache: {} });
  const done = script.runInThisContext()(module.exports, main, module, APP, dirname(APP), expose, new Proxy({}, { get: (_, name) => elsewhere(name, text, work.dialect) }));
  await Promise.race([done, nothingLeft()]);
  const application = module.exports?.use && module.exports?.listen; // its own methods are no code under test
  const exported = application ? {} : module.exports;
  if (typeof exported === "function" && exported.name && !(exported.name in names)) names[exported.name] = exported;
  else if (typeof exported === "function" && !Object.values(names).includes(exported)) names.exported = exported;
  for (const key of Object.keys(exported ?? {})) if (typeof exported[key] === "function" && !(key in names) && !Object.values(names).includes(exported[key])) names[key] = exported[key];
  for (const [key, value] of Object.entries(exported ?? {})) if (methodical(value)) names[key] ??= value;
  const state = { names, text, plugins: new Set(), holders: new Map() };
  if (plain(exported)) for (const value of Object.values(exported)) if (typeof value === "function") state.holders.set(value, exported);
  for (const f of new Set(Object.values(names))) if (typeof f === "function") await registered(f, state);
  const known = Object.values(exported ?? {});
  return Object.assign(state, { exported: new Set([exported, ...known].filter((value) => typeof value === "function" || methodical(value))) });
}

const methodical = (value) => plain(value) && Object.values(value).some((f) => typeof f === "function");
const plain = (value) => value !== null && typeof value === "object" && !Buffer.isBuffer(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value));

// A function that registers routes at an application it is given, or makes one, is called once: its routes are entries.
async function registered(f, state) {
  const text = read.source(f), [first = "", ...rest] = read.parameters(f);
  const name = /^[\w$]+/.exec(first)?.[0];
  const given = name && new RegExp(`(?<![\\w$.])${read.quoted(name)}\\.(get|post|put|patch|delete|all|use|route|register)\\s*\\(\\s*(["'\`]/[^;]*(=>|function|,\\s*[\\w$.]+\\s*\\))|\\{)`).test(text);
  const makes = /\b(Router|express|[fF]astify|Hono|Koa)\(/.test(text) && /\.(get|post|put|patch|delete)\(\s*["'`]/.test(text);
  if (/^class\b/.test(text) || !(given || makes)) return;
  const others = (given ? rest : [first, ...rest]).filter(Boolean).map((part, position) => {
    const one = { ...read.parameter(part, text), position, fixed: true };
    return /^(opts|options|_opts)$/.test(one.name) ? {} : made(one, [], { slots: [] }).value;
  });
  const app = !given ? [] : [elsewhere(name, text, work.dialect), web.express()].find((value) => typeof value?.get === "function" && typeof value.listen === "function");
  const before = web.routes.length;
  try {
    await Promise.race([f(...(given ? [app] : []), ...others), new Promise(soon)]);
  } catch {}
  if (web.routes.length > before) state.plugins.add(f);
}

// What a function returned or answered, as bytes.
async function shown(value, depth = 0) {
  value = await value;
  if (value === undefined || value === null || typeof value === "function") return "";
  if (typeof value === "string" || Buffer.isBuffer(value)) return value;
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (depth < 3 && (value[Symbol.asyncIterator] || (value[Symbol.iterator] && typeof value.next === "function"))) {
    const parts = [];
    for await (const part of value) if (parts.push(await shown(part, depth + 1)) > 100) break;
    return parts.map(String).join("");
  }
  if (value instanceof Map || value instanceof Set) value = [...value];
  try {
    return stringify(value) ?? String(value);
  } catch {
    return String(value);
  }
}

function parts_of(entry, values) {
  const parts = { query: {}, form: {}, json: {}, cookie: {}, header: {}, path: {}, session: {} };
  entry.slots.forEach(([kind, name], index) => {
    const value = values[index];
    if (kind === "body") parts.body = work.objects ? read.document(value) : value;
    else if (kind === "file") parts.file = { fieldname: name, originalname: value, filename: value, name: value, mimetype: "image/png", path: `/tmp/upload-${name}`, size: 10, buffer: Buffer.from(entry.upload), data: Buffer.from(entry.upload), mv: async (to) => writeFileSync(to, entry.upload) };
    else if (parts[kind]) parts[kind][name] = work.objects && kind === "json" ? read.document(value) : value;
  });
  return parts;
}

// Let handlers answer a request.
function answered(chain, entry, values) {
  const parts = parts_of(entry, values);
  const raw = entry.slots.findIndex(([kind]) => kind === "url");
  let at = entry.rule.replace(/:(\w+)(\([^)]*\))?[?*+]?|\*(\w*)/g, (_, name, __, star) => encodeURIComponent(parts.path[name ?? (star || "0")] ?? ""));
  if (raw >= 0) at = "/" + encodeURI(values[raw]).replace(/%25(?=[0-9a-f]{2})/gi, "%").replace(/^\//, "");
  const url = { path: at, form: entry.form };
  if (work.case?.json !== undefined) for (const [index, [kind, name]] of entry.slots.entries()) if (values[index] === work.case.value && kind === "json") parts.json[name] = work.case.json;
  return new Promise((yes) => {
    const req = web.request(parts, entry.method, url);
    const res = web.answer(yes);
    req.res = res; res.req = req;
    web.pass(chain, req, res);
  });
}

function made(kind, values, entry) {
  return read.given(kind, values, entry, { database, model, shell, dialect: work.dialect, objects: work.objects && !work.plain, tried: work.case });
}

// The function of an entry, and what it is called on.
function bound(state, entry, values) {
  const [name, method] = entry.name.split(".");
  const found = state.names[name];
  if (!method) return [state.holders.has(found) ? fill(state.holders.get(found), state.text, work.dialect) : undefined, found];
  const self = entry.static ? found : new found(...entry.owner.map((parameter) => made(parameter, values, entry).value));
  fill(self, typeof found === "function" ? read.source(found) : state.text, work.dialect);
  return [self, self[method]];
}

// Documents are given as what they hold; code that wants their text refuses that, and gets the text.
async function called(state, entry, values) {
  work.plain = false;
  try {
    return await invoked(state, entry, values);
  } catch (error) {
    if (!work.objects || !values.some((value) => typeof read.document(value) === "object")) throw error;
    work.plain = true;
    return await invoked(state, entry, values);
  }
}

async function invoked(state, entry, values) {
  const [self, target] = bound(state, entry, values);
  let back;
  const callback = new Promise((yes, no) => (back = (error, ...rest) => (error ? no(error) : yes(rest.length ? rest[0] : undefined))));
  let waits = false;
  const given = entry.parameters.flatMap((parameter) => {
    const found = made(parameter, values, entry);
    if (found.callback) waits = true;
    return found.callback ? [back] : found.many ? found.value : [found.value];
  });
  callback.catch(() => {});
  let result = target.apply(self, given);
  if (waits && (result === undefined || !result?.then)) result = Promise.race([callback, Promise.resolve(result).then((r) => (r === undefined ? callback : r))]);
  result = await result;
  if (result === undefined && work.objects) result = given[0];
  if (typeof result === "function" && (result.length === 2 || result.length === 3) && entry.answers) {
    return answered([(req, res, next) => result(req, res, next)], entry, values);
  }
  return { status: 200, type: "", body: await shown(result) };
}

// What stands behind a middleware that lets a request through: it tells whom it was taken for.
const passed = (req, res) => res.json({ ...req.user, ...req.auth, ...res.locals, id: req.userId, user: req.user });
const handled = ([self, f]) => (req, res, next) => f.call(self, req, res, next);

async function attempt(state, item) {
  const { entry, values } = item;
  work.case = item.case;
  for (const [name, content] of Object.entries(item.files ?? {})) {
    mkdirSync(dirname(name), { recursive: true });
    writeFileSync(name, Buffer.from(content, "base64"));
  }
  process.chdir(dirname(APP));
  begin();
  problems.length = 0;
  if (entry.kind === "script") {
    process.argv = ["node", APP, ...values];
    input.lines = [...values];
    try {
      await load();
      await nothingLeft();
      return { status: 200, type: "", body: "" };
    } finally {
      notes.on = false;
    }
  }
  let doing;
  if (entry.kind === "route") doing = answered(web.routes[entry.index].chain, entry, values);
  else if (entry.kind === "handler") doing = answered([handled(bound(state, entry, values)), ...(settings.own ? [passed] : [])], entry, values);
  else if (entry.kind === "web") doing = web.fetched(bound(state, entry, values), entry, parts_of(entry, values));
  else if (entry.kind === "event") doing = web.invoked(bound(state, entry, values), parts_of(entry, values));
  else doing = called(state, entry, values);
  const late = nothingLeft().then(() => {
    throw new Error(problems[0] || "no answer");
  });
  try {
    const found = await Promise.race([doing, late]);
    return "value" in found ? { status: 200, type: "", body: await shown(found.value) } : found;
  } finally {
    notes.on = false;
  }
}

function polluted() {
  if (work.mark && {}[work.mark] !== undefined) {
    notes.calls.push(["polluted", { value: String({}[work.mark]) }, null]);
    delete Object.prototype[work.mark];
  }
}

// Which lines of the code under test were executed since this was asked last.
const inspector = new (require("inspector").Session)();
inspector.connect();
inspector.post("Profiler.enable");
inspector.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
const begins = [];
function executed() {
  let scripts = [];
  inspector.post("Profiler.takePreciseCoverage", (error, found) => (scripts = error ? [] : found.result));
  const mine = scripts.filter((script) => script.url.endsWith(APP)).flatMap((script) => script.functions);
  const ranges = mine.flatMap((one) => one.ranges.map((range, index) => ({ ...range, first: index === 0, named: one.functionName !== "" })));
  const found = [];
  for (const [index, at] of begins.entries()) {
    let inner;
    for (const range of ranges) if (range.startOffset <= at && at < range.endOffset && (!inner || range.endOffset - range.startOffset <= inner.endOffset - inner.startOffset)) inner = range;
    const end = begins[index + 1] ?? Infinity;
    const here = ranges.filter((range) => range.first && at <= range.startOffset && range.startOffset < end); // functions that begin on it
    if (here.some((range) => range.named && range.count === 0)) continue;
    if (inner?.count > 0 || here.some((range) => range.count > 0)) found.push(index + 1);
  }
  return found;
}

// The next line of what is asked, or "" at its end.
const heard = { left: Buffer.alloc(0), chunk: Buffer.alloc(1 << 16) };
function next() {
  for (;;) {
    const at = heard.left.indexOf(10);
    if (at >= 0) {
      const line = heard.left.subarray(0, at).toString();
      heard.left = heard.left.subarray(at + 1);
      return line;
    }
    const count = readSync(turn, heard.chunk);
    if (count === 0) return "";
    heard.left = Buffer.concat([heard.left, heard.chunk.subarray(0, count)]);
  }
}

async function main() {
  let state, error = "";
  try {
    if (!work.alone) state = await load();
  } catch (caught) {
    error = String(caught).slice(0, 300);
  }
  const loaded = executed();
  tell({ lines: loaded, routes: state ? read.entries(state, web.routes, work) : [], error, missing });
  for (let line; (line = next()); ) {
    const item = parse(line);
    await new Promise(soon); // a signal that came after the last attempt is none for this one
    const before = processorTime();
    let found;
    try {
      found = await attempt(state, item);
    } catch (caught) {
      found = { error: String(caught).slice(0, 300) };
    }
    await new Promise(soon);
    polluted();
    const spent = processorTime(before);
    const lines = item.case.label ? executed() : [];
    const body = Buffer.from(found.body ?? "").subarray(0, BODY).toString("base64");
    tell({ end: { ...found, body, lines, cpu: (spent.user + spent.system) / 1e6, absent: notes.absent, events: notes.events, sql: notes.sql.slice(0, 50), calls: notes.calls } });
  }
  exit(0);
}

main();
