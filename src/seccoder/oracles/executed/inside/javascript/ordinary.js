// Runs inside the sandbox: makes ordinary calls of a JavaScript file's function, and tells what came of each.
//
// It does what `inside/ordinary.py` does, with arguments as JavaScript writes them; types are not compared.
"use strict";

const fs = require("node:fs");
const { format, inspect } = require("node:util");

const SECONDS = 0.1; // that a promise may take
const IN_ALL = 2; // seconds of processor time after which no further call is made
const NOTES = "one\ntwo\n"; // what is in the file that is there
const MOST = 4000; // characters of an answer
const job = JSON.parse(fs.readFileSync(0, "utf8"));
const start = process.cwd();
const told = job.calls.map(() => null);
const load = `${job.code}\n;return (text) => eval(text);`;
let printed = "";
for (const name of ["log", "info", "warn", "error", "debug"]) console[name] = (...all) => (printed += `${format(...all)}\n`);
process.on("uncaughtException", () => {});
process.on("unhandledRejection", () => {});

const shown = (value) => inspect(value, { depth: 6, breakLength: Infinity, sorted: true }).slice(0, MOST);
const content = (name) => (fs.statSync(name).isDirectory() ? "a folder" : fs.readFileSync(name, "utf8"));
function left() {
  const files = fs.readdirSync(".").sort().map((name) => [name, content(name)]);
  return files.filter(([name, text]) => name !== "notes.txt" || text !== NOTES);
}
const spent = () => process.cpuUsage().user / 1e6;
const soon = (value) => Promise.race([value, new Promise((_, late) => setTimeout(late, SECONDS * 1000))]);

async function main() {
  let evaluate;
  try {
    const module = { exports: {} };
    evaluate = new Function("require", "module", "exports", load)(require, module, module.exports);
    for (const [name, value] of Object.entries(module.exports)) globalThis[name] ??= value;
  } catch {
    return; // it does not load, which the verdict says
  }
  const end = spent() + IN_ALL;
  for (const [at, [name, texts]] of job.calls.entries()) {
    if (evaluate(`typeof ${name}`) !== "function" || spent() > end) break;
    printed = "";
    fs.mkdirSync(`${start}/calls/${at}`, { recursive: true });
    process.chdir(`${start}/calls/${at}`);
    fs.writeFileSync("notes.txt", NOTES);
    try {
      const given = texts.map((text) => (0, eval)(`(${text})`));
      const before = shown(given);
      const found = await soon(evaluate(name)(...given));
      const changed = shown(given) === before ? "" : shown(given);
      const files = left();
      const silent = found == null && !changed && !printed && !files.length;
      told[at] = silent ? "nothing" : shown([found, changed, printed, files]);
    } catch {
      told[at] = "raises";
    }
  }
}

main().then(() => {
  fs.writeFileSync(`${start}/${process.argv[2]}`, JSON.stringify(told));
  process.exit(0);
});
