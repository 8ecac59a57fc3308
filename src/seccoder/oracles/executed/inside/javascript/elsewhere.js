// Runs in the sandbox, in Node: stands in for names and members that the code uses and another file defines.
//
// What a name stands for is read from the name and from how the code uses it. Well-known functions are themselves;
// anything else is an object that allows everything, or a placeholder text.
"use strict";

const { require_, known, shell } = require("./modules.js");
const { database, model } = require("./databases.js");
const { DATABASES, FOLDER, quoted } = require("./arguments.js");
const web = require("./web.js");

const USUAL = { _: "lodash", jwt: "jsonwebtoken", bcryptjs: "bcryptjs", cp: "child_process", childProcess: "child_process", fsp: "fs/promises", escapeHTML: "escape-html", escapeHtml: "escape-html", sanitizeHtml: "sanitize-html", DOMPurify: "dompurify", yaml: "js-yaml", CryptoJS: "crypto-js", forge: "node-forge", qs: "qs" };
// functions that are used under their own name, and the module that has them
const MEMBERS = {
  child_process: /^(exec|execFile|spawn)(Sync)?$|^fork$/,
  fs: /^(readFile|writeFile|appendFile|unlink|readdir|mkdir|rmdir|copyFile|rename|realpath|lstat|stat|access|exists|createReadStream|createWriteStream)(Sync)?$/,
  path: /^(join|resolve|basename|dirname|extname|normalize|relative|isAbsolute)$/,
  crypto: /^(createHash|createHmac|create(Dec|C)ipher(iv)?|randomBytes|randomUUID|randomInt|timingSafeEqual|createSign|createVerify)$|^(pbkdf2|scrypt|generateKeyPair|generateKey)(Sync)?$/,
  util: /^(promisify|inspect)$/, url: /^(fileURLToPath|pathToFileURL)$/, "fs/promises": /^$/,
};
const APPLICATION = /^(app|api|server|router|fastify|koa|\w*(Router|App|Server))$/i;
const REGISTERS = "\\.(get|post|put|patch|delete|all|use|route|register)\\s*\\(";
const ESCAPES = /^(esc|h|he|html_?escape|html_?encode|htmlspecialchars|(escape|encode|sanitize)_?(html|xml|markup|attr\w*))$/i;
const NUMBER = /^(max|min|limit|port|timeout|ttl|rounds|iterations|count|size)|(max|min|limit|port|timeout|ttl|rounds|iterations|count|size|length|ms|seconds)$/i;

const placeholder = (name) => (NUMBER.test(name) ? 1000 : FOLDER.test(name) || /(folder|path|root|dir)$/i.test(name) ? "/box/app/files" : "placeholder");

// An object with the members that the code reads, each a placeholder.
function members(name, text) {
  const made = {};
  for (const m of text.matchAll(new RegExp(`(?<![\\w$.])${quoted(name)}((?:\\??\\.[\\w$]+)+)`, "g"))) {
    const keys = m[1].split(/\??\./).filter(Boolean), last = keys.pop();
    let at = made;
    for (const key of keys) at = at[key] = typeof at[key] === "object" ? at[key] : {};
    at[last] ??= placeholder(last);
  }
  return made;
}

function elsewhere(name, text, dialect) {
  const n = `(?<![\\w$.])${quoted(name)}`;
  const uses = (shape) => new RegExp(n + shape).test(text);
  const called = uses("\\s*(\\?\\.)?\\("), member = uses("\\??\\.[\\w$]"), tag = uses("`");
  if (DATABASES.test(name)) return database(dialect, dialect === "postgres" ? "pg" : dialect === "mysql" ? "promise" : "open");
  if (APPLICATION.test(name) && uses(REGISTERS)) {
    const handler = new RegExp(`${n}${REGISTERS}[^;]*?(?:async\\s*)?(?:function\\s*\\w*\\s*)?\\(?\\s*(ctx|context|c|request)\\b`).exec(text)?.[2];
    return name === "fastify" || handler === "request" ? web.fastify() : handler ? web.koa() : web.express();
  }
  if ((called || member) && known(USUAL[name] ?? name)) return require_(USUAL[name] ?? name);
  for (const [module, pattern] of Object.entries(MEMBERS)) {
    if (!called || !pattern.test(name)) continue;
    const found = require_(module)[name], waits = uses("\\(") && new RegExp(`await\\s+${quoted(name)}\\s*\\(`).test(text);
    if (!waits || name.endsWith("Sync")) return found;
    return module === "fs" ? require_("fs/promises")[name] : module === "crypto" ? found : require("util").promisify(found);
  }
  if (uses("\\.(find\\w*|create|update\\w*|delete\\w*|aggregate|count\\w*|insert\\w*|replaceOne|upsert|destroy)\\s*\\(") && (/^[A-Z]/.test(name) || /(collection|model|repo|repository|s)$/i.test(name))) return model(name);
  if (called && ESCAPES.test(name)) return require_("escape-html");
  if (called || tag || uses("(\\??\\.[\\w$]+)+\\s*(\\?\\.)?[(`]") || new RegExp(`(new|extends|instanceof)\\s+${quoted(name)}\\b`).test(text) || /^(document|window|location|navigator|localStorage|sessionStorage|\$|jQuery)$/.test(name)) return shell(name);
  if (uses("(\\??\\.[\\w$]+)+\\s*=[^=]")) return shell(name);
  if (member) return members(name, text);
  return uses("\\[") ? {} : placeholder(name);
}

// What a class or an object of methods reads from `this` and nowhere sets.
function fill(self, text, dialect) {
  const read = new Set([...text.matchAll(/(?<![\w$.])this\.([\w$]+)/g)].map((m) => m[1]));
  for (const name of read) {
    const set = new RegExp(`(?<![\\w$.])this\\.${quoted(name)}\\s*(=[^=]|\\?\\?=|\\|\\|=)`).test(text);
    if (set || name in self) continue;
    const value = elsewhere(name, text.replace(/(?<![\w$.])this\./g, ""), dialect);
    try {
      Object.defineProperty(self, name, { value, writable: true, enumerable: false, configurable: true });
    } catch {}
  }
  return self;
}

module.exports = { elsewhere, fill };
