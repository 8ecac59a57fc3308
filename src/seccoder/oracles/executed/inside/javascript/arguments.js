// Runs in the sandbox, in Node: reads from the text of functions what they are given, and makes it out of texts.
"use strict";

const DATABASES = /^(db|database|pool|conn|connection|client|knex|sequelize|prisma|pgClient|mysql|sql|con|dbConn|trx)$/i;
const CALLBACK = /^(cb|callback|done|next|fn)$/;
const FOLDER = /^(root|base|folder|directory|dir)|(root|base|folder|directory|dir)$/i;
const TEXT = new Set("length split replace replaceAll trim toLowerCase toUpperCase includes startsWith endsWith indexOf lastIndexOf match matchAll test slice substring substr toString charAt charCodeAt codePointAt concat padStart padEnd normalize search repeat at valueOf localeCompare map filter forEach reduce join push pop some every find sort flat flatMap toLocaleLowerCase toLocaleUpperCase toLocaleString toFixed toPrecision trimStart trimEnd reverse splice shift unshift findIndex findLast fill slice keys values entries then catch on pipe name_".split(" "));

const source = (f) => {
  try {
    return Function.prototype.toString.call(Object.hasOwn(f, "source_") ? f.source_ : f);
  } catch {
    return "";
  }
};

// The parameters' texts of a function.
function parameters(f) {
  let text = source(f).replace(/\/\*[\s\S]*?\*\//g, "");
  if (/^class\b/.test(text)) {
    const at = /\bconstructor\s*\(/.exec(text);
    if (!at) return [];
    text = text.slice(at.index);
  }
  const bare = /^(?:async\s+)?([\w$]+)\s*=>/.exec(text);
  if (bare) return [bare[1]];
  const open = text.indexOf("(");
  let depth = 0, quote = "", start = open + 1;
  const found = [];
  for (let index = open; index < text.length && open >= 0; index++) {
    const c = text[index];
    if (quote) {
      if (c === "\\") index++;
      else if (c === quote) quote = "";
    } else if ("'\"`".includes(c)) quote = c;
    else if ("([{".includes(c)) depth++;
    else if (")]}".includes(c)) {
      if (--depth === 0) {
        found.push(text.slice(start, index));
        break;
      }
    } else if (c === "," && depth === 1) {
      found.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return found.map((part) => part.trim()).filter(Boolean);
}

const names = (pattern) => split(pattern).map((part) => /^(?:\.\.\.)?["']?([\w$-]+)/.exec(part.trim())?.[1]).filter(Boolean);

function split(text) {
  const found = [];
  let depth = 0, start = 0;
  for (let index = 0; index <= text.length; index++) {
    const c = text[index];
    if (c === undefined || (c === "," && depth === 0)) {
      found.push(text.slice(start, index));
      start = index + 1;
    } else if ("([{".includes(c)) depth++;
    else if (")]}".includes(c)) depth--;
  }
  return found.filter((part) => part.trim());
}

const quoted = (name) => name.replace(/[$]/g, "\\$&").replace(/\./g, "\\??\\.");

// Which properties of a name a text reads.
function properties(text, name) {
  const found = new Set(), n = quoted(name);
  for (const m of text.matchAll(new RegExp(`(?<![\\w$.])${n}\\s*(?:\\?\\.|\\.)\\s*([\\w$]+)`, "g"))) found.add(m[1]);
  for (const m of text.matchAll(new RegExp(`(?<![\\w$.])${n}\\s*(?:\\?\\.)?\\[\\s*["'\`]([\\w$-]+)["'\`]\\s*\\]`, "g"))) found.add(m[1]);
  for (const m of text.matchAll(new RegExp(`\\{([^{}]*)\\}\\s*=\\s*(?:await\\s+)?${n}\\s*(?:\\|\\|[^;\\n]*|\\?\\?[^;\\n]*)?[;\\n)]`, "g"))) for (const key of names(m[1])) found.add(key);
  return [...found];
}

const KINDS = { query: "query", queryStringParameters: "query", body: "json", params: "path", cookies: "cookie", signedCookies: "cookie", headers: "header", session: "session" };

// The request values a text reads: [kind, key].
function keys(text, first, route) {
  const found = new Map();
  const add = (kind, key) => found.set(`${kind} ${key}`, [kind, key]);
  const requests = [...new Set([first, "req", "request", "ctx", "ctx.request", "event", first && `${first}.req`, "c.req"].filter((name) => name && !/^[{[]/.test(name)))];
  for (const request of requests) {
    for (const [part, kind] of Object.entries(KINDS)) {
      const holder = `${request}.${part}`;
      const aliases = [holder, `${request}?.${part}`];
      for (const m of text.matchAll(new RegExp(`(?:const|let|var)\\s+([\\w$]+)\\s*=\\s*(?:await\\s+)?${quoted(request)}\\??\\.${part}\\b\\s*(?:\\|\\||\\?\\?|;|\\n)`, "g"))) aliases.push(m[1]);
      let some = false;
      for (const alias of aliases) for (const key of properties(text, alias)) {
        if (TEXT.has(key) && kind !== "json" && kind !== "query") continue;
        some = true;
        if (kind !== "session" || !/^(save|destroy|regenerate|id|cookie)$/.test(key)) add(kind, key);
      }
      // a body that is a promise or a text
      const held = `(?:await\\s+${quoted(request)}\\.(?:json|parseBody)\\(\\)|JSON\\.parse\\(\\s*${quoted(request)}\\??\\.body\\b[^;\\n]*\\))`;
      if (kind === "json") {
        for (const m of text.matchAll(new RegExp(`\\{([^{}]*)\\}\\s*=\\s*${held}`, "g"))) for (const key of names(m[1])) (some = true), add("json", key);
        for (const m of text.matchAll(new RegExp(`([\\w$]+)\\s*=\\s*${held}`, "g"))) for (const key of properties(text, m[1]).filter((k) => k !== "get")) (some = true), add("json", key);
        for (const m of text.matchAll(new RegExp(`\\(\\s*${held}\\s*\\)\\??\\.([\\w$]+)`, "g"))) (some = true), add("json", m[1]);
      }
      if (kind === "json" && !some && new RegExp(`${quoted(request)}\\.body\\b`).test(text)) add("body", "body");
    }
    for (const m of text.matchAll(new RegExp(`${quoted(request)}\\.(?:get|header|param)\\(\\s*["'\`]([\\w-]+)["'\`]`, "g"))) add(m[0].includes(".param(") ? "query" : "header", m[1].toLowerCase());
    for (const m of text.matchAll(new RegExp(`${quoted(request)}\\.headers\\.get\\(\\s*["'\`]([\\w-]+)["'\`]`, "g"))) add("header", m[1].toLowerCase());
    for (const m of text.matchAll(new RegExp(`${quoted(request)}\\.cookies\\.get\\(\\s*["'\`]([\\w-]+)["'\`]`, "g"))) add("cookie", m[1]);
    for (const m of text.matchAll(new RegExp(`${quoted(request)}\\.(query|param)\\(\\s*["'\`]([\\w-]+)["'\`]`, "g"))) if (request.endsWith(".req")) add(m[1] === "query" ? "query" : "path", m[2]);
    for (const m of text.matchAll(new RegExp(`${quoted(request)}\\.files?\\??\\.([\\w$]+)`, "g"))) add("file", m[0].includes("files") ? m[1] : "file");
  }
  if (/\{[^{}]*\}\s*,/.test(first ?? "") || /^\{/.test(first ?? "")) for (const key of names(first.replace(/^\{|\}.*$/g, ""))) if (key in KINDS) for (const inner of properties(text, key)) add(KINDS[key], inner);
  for (const m of text.matchAll(/searchParams\.get(?:All)?\(\s*["'`]([\w-]+)["'`]/g)) add("query", m[1]);
  for (const m of text.matchAll(/(?<![\w$])(?:query|parsedUrl\.query|parsed\.query|q)\.([\w$]+)/g)) if (/url\.parse|parse\(|querystring|URLSearchParams/.test(text) && !TEXT.has(m[1])) add("query", m[1]);
  for (const m of text.matchAll(/\{([^{}]*)\}\s*=\s*(?:url\.parse\([^)]*\)\.query|querystring\.parse\([^)]*\)|Object\.fromEntries\([^;]*)/g)) for (const key of names(m[1])) add("query", key);
  for (const m of text.matchAll(/(?:params|form|parsed|data|post|body|fields)\.get\(\s*["'`]([\w-]+)["'`]\s*\)/g)) add("form", m[1]);
  if (!/URLSearchParams|querystring|formData\(/.test(text)) for (const [id, [kind]] of found) if (kind === "form") found.delete(id);
  for (const key of route ? [] : [...properties(text, "params"), ...properties(text, "event.pathParameters")]) add("path", key);
  for (const m of route.matchAll(/:(\w+)/g)) add("path", m[1]);
  if (/\*/.test(route)) add("path", "0");
  return [...found.values()].filter(([kind, key]) => kind !== "path" || !route || route.includes(`:${key}`) || (key === "0" && route.includes("*")));
}

function form(text) {
  return /URLSearchParams\(\s*(body|data|raw|chunks)|querystring\.parse\(\s*(body|data|raw)|formData\(/.test(text);
}

function request_entry(text, first, fallback, route, more) {
  let slots = keys(text, first, route);
  if (!slots.length) slots = keys(fallback, "req", route);
  if (!slots.length && /\burl\b|\bpath\b|\bpathname\b/.test(text + fallback)) slots = [["url", "url"]];
  return { slots, notes: slots.map(() => ""), line: null, form: form(text + fallback), ...more };
}

const DATES = "\\??\\.(toISOString|toJSON|getTime|get(UTC)?(FullYear|Month|Date|Day|Hours|Minutes|Seconds)|toLocaleDateString|toUTCString)\\s*\\(";
const looped = (n) => new RegExp(`for\\s*(?:await\\s*)?\\(\\s*(?:const|let|var)\\s+(\\{[^}]*\\}|\\[[^\\]]*\\]|[\\w$]+)\\s+of\\s+${n}\\s*\\)|(?<![\\w$.])${n}\\??\\.(?:map|forEach|filter|flatMap|some|every|reduce|find)\\(\\s*(?:async\\s*)?(?:\\(\\s*)?(\\{[^}]*\\}|[\\w$]+)`);

// What a text reads below a name, each way down as `items[].price`, `owner.name`, `get()` or `when@date`. "" is the name itself.
function ways(body, name, depth = 0) {
  const n = quoted(name), loop = looped(n).exec(body);
  const below = (inner) => (depth < 3 ? ways(body, inner, depth + 1) : [""]);
  const joined = (key, way) => (way === "" || /^[[@]/.test(way) ? key + way : `${key}.${way}`);
  if (loop) {
    const inner = loop[1] ?? loop[2];
    const parts = /^\{/.test(inner) ? names(inner.slice(1, -1)).flatMap((key) => below(key).map((way) => joined(key, way))) : below(inner);
    return parts.map((way) => joined("[]", way));
  }
  if (depth && new RegExp(`(?<![\\w$.])${n}${DATES}`).test(body)) return ["@date"];
  const keys = properties(body, name).filter((key) => !TEXT.has(key) && !/^(constructor|prototype)$/.test(key));
  if (!keys.length) return [""];
  return keys.flatMap((key) => (new RegExp(`(?<![\\w$.])${n}\\??\\.${quoted(key)}\\s*\\(`).test(body) ? [`${key}()`] : below(`${name}.${key}`).map((way) => joined(key, way))));
}

// A value with all of these ways down.
function planted(at, [way, ...rest], leaf) {
  const [, name, suffix] = /^([^[(@]*)(.*)$/.exec(way);
  const inner = (old) => (rest.length ? planted(old && typeof old === "object" ? old : {}, rest, leaf) : leaf);
  at[name] = suffix === "[]" ? [inner(at[name]?.[0])] : suffix === "()" ? () => (/^(has|is|exists?|includes|contains|can)/.test(name) ? false : leaf) : suffix === "@date" ? new Date(0) : inner(at[name]);
  return at;
}

// What one parameter is: {name, kind, keys}.
function parameter(text, body) {
  const pattern = text.replace(/^\.\.\./, "");
  const many = text.startsWith("...");
  if (/^[{]/.test(pattern)) {
    const end = pattern.lastIndexOf("}");
    const inside = names(pattern.slice(1, end)).flatMap((key) => ways(body, key, 1).map((way) => (way === "" || /^[[@]/.test(way) ? key + way : `${key}.${way}`)));
    return { name: "", kind: "item", keys: inside, pattern: true };
  }
  if (/^\[/.test(pattern)) return { name: "", kind: "list", keys: names(pattern.slice(1, pattern.lastIndexOf("]"))) };
  const name = /^[\w$]+/.exec(pattern)?.[0] ?? "";
  const value = /=\s*(.+)$/s.exec(pattern)?.[1]?.trim();
  const n = quoted(name);
  const uses = (shape) => new RegExp(shape.replaceAll("NAME", `(?<![\\w$.])${n}`)).test(body);
  if (uses("NAME\\??\\.(query|execute|prepare|raw|\\$queryRaw\\w*|\\$executeRaw\\w*|exec|run|all|get|each|transaction|collection|any|one|none|oneOrNone)\\s*[(`<]") && (DATABASES.test(name) || uses("NAME\\.(query|execute|prepare|\\$queryRaw)"))) return { name, kind: "database" };
  if (DATABASES.test(name) && (uses("NAME\\s*[(`]") || uses("NAME\\.\\w+"))) return { name, kind: "database" };
  if (CALLBACK.test(name) || (uses("NAME\\s*\\(\\s*(null|err|undefined)"))) return { name, kind: "callback" };
  if (value && /^(true$|false$|Date\.now|new Date|process\.|\(\) =>|crypto\.)/.test(value)) return { name, kind: "default" };
  if (uses("NAME\\s*\\(")) return { name, kind: "function" };
  if (uses("NAME" + DATES)) return { name, kind: "date" };
  if (uses("NAME\\??\\.(findOne\\w*|insertOne|insertMany|updateOne|updateMany|deleteOne|deleteMany|replaceOne|countDocuments|aggregate)\\s*\\(")) return { name, kind: "model" };
  const got = [...body.matchAll(new RegExp(`(?<![\\w$.])${n}\\??\\.(?:get|getAll)\\(\\s*["'\`]([\\w-]+)["'\`]\\s*\\)`, "g"))].map((m) => m[1]);
  if (got.length && !many) return { name, kind: "item", keys: [...new Set(got)], got: true };
  const listed = looped(n).exec(body);
  if (listed && !many) {
    const inside = ways(body, name).map((way) => way.slice(2).replace(/^\./, "")).filter((way) => way && !/^[[@]/.test(way));
    return { name, kind: "list", keys: inside, again: uses(`for\\s*await`) };
  }
  if (uses("NAME\\??\\.(innerHTML|outerHTML|textContent|innerText|insertAdjacentHTML|appendChild|append|querySelector|classList|setAttribute)\\b")) return { name, kind: "element" };
  const own = ways(body, name).filter(Boolean);
  if (own.length && !many) return { name, kind: "item", keys: own };
  // a cursor that starts at the parameter and steps down by keys says that it is an object
  const cursors = [...body.matchAll(new RegExp(`(?<![\\w$.])([\\w$]+)\\s*=\\s*${n}\\s*(?=[;,\\n)])`, "g"))].map((m) => quoted(m[1]));
  const stepped = cursors.some((cursor) => new RegExp(`(?<![\\w$.])${cursor}\\s*=\\s*[^;]*?(?<![\\w$.])${cursor}\\[`).test(body));
  const object = stepped || uses("Object\\.(keys|entries|assign)\\([^)]*NAME\\b") || uses("\\bin\\s+NAME\\b") || uses("NAME\\[") || uses("\\.reduce\\([^;]*,\\s*NAME\\s*\\)");
  return { name, kind: many ? "many" : object && !uses("NAME\\.(length|split|replace|trim|match|toLowerCase)") ? "object" : /^\d/.test(value ?? "") || uses("Number\\.is(Safe)?(Integer|Finite)\\(\\s*NAME\\s*\\)") || uses("typeof\\s+NAME\\s*[!=]==?\\s*['\"]number") ? "number" : "text", folder: FOLDER.test(name), optional: value !== undefined };
}

const ASKS = /\.(startsWith|endsWith|includes|indexOf|lastIndexOf|match|matchAll|test|exec|search|replace|replaceAll|split)\s*\(|\b(basename|normalize|relative|extname|isAbsolute)\s*\(/;

// Everything that can be called, as `entries.py` outside the box reads it.
// The lines of a function in the file, if its text stands there once.
function lines(f, text) {
  const own = typeof f === "function" ? source(f) : "", at = own ? text.indexOf(own) : -1;
  if (at < 0 || text.includes(own, at + 1)) return {};
  const line = text.slice(0, at).split("\n").length;
  return { line, end: line + own.split("\n").length - 1 };
}

// What a function's text says of it: its lines, and whether it, or what it names of the file, asks what a text is like.
function facts(f, state) {
  const waiting = [f], seen = new Set(waiting);
  let asks = false;
  while (waiting.length && !asks) {
    const text = source(waiting.pop());
    asks = ASKS.test(text);
    for (const name of text.match(/[\w$]+/g) ?? []) {
      const other = Object.hasOwn(state.names, name) ? state.names[name] : undefined;
      if (typeof other === "function" && !seen.has(other)) seen.add(other), waiting.push(other);
    }
  }
  return { ...lines(f, state.text), asks };
}

function entries(state, routes, work) {
  const found = [], views = new Set();
  routes.forEach((route, index) => {
    const last = route.view ?? route.chain[route.chain.length - 1];
    const text = route.chain.map(source).join("\n");
    route.chain.forEach((f) => views.add(f));
    if (route.view) views.add(route.view);
    const place = route.chain.length === 1 || route.chain.every((f) => f === last || !lines(f, state.text).line) ? lines(last, state.text) : {};
    found.push(request_entry(text, parameters(last.source_ ?? last)[0], state.text, route.rule, { ...place, kind: "route", index, rule: route.rule, method: route.method === "GET" && route.server && /method\s*===?\s*["']POST/.test(text) ? "POST" : route.method, label: `${route.method} ${route.rule}`, upload: work.upload }));
  });
  for (const [name, f] of Object.entries(state.names)) {
    if (f && typeof f === "object") found.push(...members(name, f, state, work));
    if (typeof f !== "function" || views.has(f) || Object.hasOwn(f, "stack_") || Object.hasOwn(f, "served_") || state.plugins.has(f)) continue;
    const text = source(f);
    if (/^class\b/.test(text)) {
      found.push(...methods(name, f, text, state, work));
      continue;
    }
    const answering = answer(name, f, text, work, lines(f, state.text));
    if (answering) {
      found.push(answering);
      continue;
    }
    const exported = work.exported.includes(name) || state.exported.has(f);
    if (!exported && (state.exported.size || work.exported.length) && calledInside(name, state.text)) continue; // a helper
    if (routes.length && calledInside(name, state.text) && !work.objects) continue;
    const entry = callable(name, f, text, facts(f, state));
    const inner = /(?:return|=>)\s*(?:async\s*)?(?:function\s*\w*\s*)?\(\s*(req|request)\s*,\s*(res|response)/.exec(text);
    if (inner) Object.assign(entry, merged(entry, request_entry(text, inner[1], "", "/x", {})), { answers: true, rule: "/x", method: "GET", upload: work.upload });
    found.push(entry);
  }
  if (/process\.argv|readline|process\.stdin/.test(state.text)) {
    const highest = Math.max(2, ...[...state.text.matchAll(/process\.argv\[(\d+)\]/g)].map((m) => Number(m[1])));
    const count = highest - 1;
    found.push({ kind: "script", label: "script", slots: Array.from({ length: count }, (_, i) => ["argument", `argument${i + 1}`]), notes: Array(count).fill(""), line: null });
  }
  return found.filter((entry) => entry.slots.length || !found.some((other) => other.slots.length));
}

const RESPONSE = /\bnew (Next)?Response\(|\bResponse\.(json|redirect)\(|NextResponse\.|\b(json|redirect)\(/;

// The entry of a function that answers requests: as Express calls it, with a web `Request`, or with an event of a cloud.
function answer(name, f, text, work, more = {}) {
  const [first = "", second = ""] = parameters(f), last = name.slice(name.lastIndexOf(".") + 1);
  const method = /body|\.json\(\)|formData/.test(text) ? "POST" : "GET";
  const made = (kind, rule) => request_entry(text, first, "", rule, { kind, name, rule: rule || "/x", method, label: `${name}()`, upload: work.upload, ...more });
  if (/^(req|request|_req|_request|_)$/.test(first.replace(/[:=\s].*$/s, "")) && /^(res|response|reply)\b/.test(second)) return made("handler", "/x");
  if (/^(event|_?evt)$/.test(first) && /queryStringParameters|pathParameters|statusCode|event\??\.body/.test(text)) return made("event", "");
  const web = /^(GET|POST|PUT|PATCH|DELETE|fetch|loader|action|middleware|onRequest\w*)$/.test(last) || RESPONSE.test(text);
  if (web && (/^(req|request)\b/.test(first) || (/^\{/.test(first) && /\b(request|params|url)\b/.test(first)))) return { ...made("web", ""), method: /^(GET|POST|PUT|PATCH|DELETE)$/.test(last) ? last : method, context: first.startsWith("{") };
  return null;
}

// The methods of an object that is no class.
function members(name, object, state, work) {
  const found = [], within = new RegExp(`(?<![\\w$.])${quoted(name)}\\s*[.[]`).test(state.text);
  const exported = work.exported.includes(name) || state.exported.has(object);
  if (!exported && (state.exported.size || work.exported.length || within)) return found; // a table of the file's own
  for (const [key, f] of Object.entries(object)) {
    if (typeof f !== "function" || /^class\b/.test(source(f)) || Object.values(state.names).includes(f)) continue;
    const more = { ...facts(f, state), static: true };
    found.push(answer(`${name}.${key}`, f, source(f), work, more) ?? callable(`${name}.${key}`, f, source(f), more));
  }
  return found;
}

function merged(entry, request) {
  return { slots: [...entry.slots, ...request.slots], notes: [...entry.notes, ...request.notes], form: request.form };
}

// A function that the file itself uses behind its routes is reached through them.
function calledInside(name, text) {
  return new RegExp(`(?<!function\\s)(?<![\\w$.])${quoted(name)}\\s*[(\`]|[(,]\\s*${quoted(name)}\\s*[,)]`).test(text);
}

function callable(name, f, text, more = {}) {
  const body = text.slice(text.indexOf(")") >= 0 ? 0 : 0);
  const list = parameters(f).map((part) => parameter(part, body));
  const slots = [], notes = [];
  list.forEach((one, position) => {
    one.position = position;
    if (one.kind === "item" || (one.kind === "list" && one.keys.length)) {
      for (const key of one.keys.filter((way) => !way.endsWith("@date"))) slots.push(["item", key, position]), notes.push("");
    } else if (!["database", "callback", "default", "function", "element", "date", "model"].includes(one.kind)) {
      slots.push(["parameter", one.name || `p${position}`, position]);
      notes.push(one.kind === "number" ? "int" : one.kind === "object" || one.kind === "many" ? "object" : "");
    }
  });
  return { kind: "function", name, label: `${name}()`, slots, notes, parameters: list, owner: [], line: null, answers: false, ...more };
}

function methods(name, f, text, state, work) {
  const found = [];
  let body = text; // what a constructor keeps counts as the parameter itself
  for (const m of text.matchAll(/this\.(#?[\w$]+)\s*=\s*(?:[\w$.]+\()?([\w$]+)\b/g)) body = body.replaceAll(`this.${m[1]}`, m[2]);
  const owner = parameters(f).map((part) => parameter(part, body));
  owner.forEach((one) => Object.assign(one, { fixed: true }, one.optional ? { kind: "default" } : {}));
  const add = (method, g, fixed) => {
    const more = { ...facts(g, state), owner, static: fixed };
    if (typeof g === "function" && method !== "constructor" && !method.startsWith("_")) found.push(answer(`${name}.${method}`, g, source(g), work, more) ?? callable(`${name}.${method}`, g, source(g), more));
  };
  for (const key of Object.getOwnPropertyNames(f.prototype ?? {})) {
    const about = Object.getOwnPropertyDescriptor(f.prototype, key);
    if (about.value) add(key, about.value, false);
  }
  for (const key of Object.getOwnPropertyNames(f)) if (!["prototype", "length", "name"].includes(key)) add(key, f[key], true);
  return found;
}

function document(value) {
  if (typeof value === "string" && /^\s*[{[]/.test(value)) {
    try {
      return JSON.parse(value);
    } catch {}
  }
  return value;
}

// The argument for one parameter.
function given(one, values, entry, { database, model, shell, dialect, objects, tried }) {
  const at = (key) => {
    const index = entry.slots.findIndex(([kind, name, position]) => !one.fixed && position === one.position && name === key && (kind === "item" || kind === "parameter"));
    if (index >= 0 && entry.slots[index][0] === "item" && tried?.json !== undefined && values[index] === tried.value) return tried.json;
    return index < 0 ? undefined : objects || one.kind === "object" ? document(values[index]) : values[index];
  };
  if (one.kind === "database") return { value: database(dialect, dialect === "postgres" ? "pg" : dialect === "mysql" ? "promise" : "open") };
  if (one.kind === "callback") return one.fixed ? { value: () => {} } : { callback: true };
  if (one.kind === "default") return { value: undefined };
  if (one.kind === "date") return { value: new Date(0) };
  if (one.kind === "model") return { value: model(one.name) };
  if (one.kind === "element") return { value: shell(one.name) };
  if (one.kind === "function") return { value: () => "placeholder" };
  if (one.kind === "item" || one.kind === "list") {
    const inner = (one.keys ?? []).reduce((made, key) => planted(made, key.split("."), at(key) ?? "placeholder"), {});
    if (one.got) return { value: new URLSearchParams(inner) };
    if (one.kind === "item") return { value: inner };
    const item = one.keys.length ? inner : at(one.name);
    return { value: [item] };
  }
  if (one.fixed) return { value: one.folder ? "/box/app/files" : "placeholder" };
  const value = at(one.name || `p${one.position}`);
  if (one.kind === "many") return { many: true, value: [{}, document(value)] };
  if (one.kind === "object") return { value: objects && typeof value === "string" ? { [value]: value } : value };
  if (one.kind === "number" && /^\d+$/.test(value)) return { value: Number(value) };
  return { value };
}

module.exports = { entries, given, document, source, parameter, parameters, quoted, DATABASES, FOLDER };
