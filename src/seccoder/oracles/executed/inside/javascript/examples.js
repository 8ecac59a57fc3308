// Runs inside the sandbox: calls a JavaScript file's functions as its task's examples do, and tells what they return.
//
// It does what `inside/examples.py` does, with calls as JavaScript writes them and values in JSON.
"use strict";

const assert = require("node:assert");
const fs = require("node:fs");
const { inspect } = require("node:util");

const job = JSON.parse(fs.readFileSync(0, "utf8"));
const told = job.examples.map(() => "");
const load = `${job.code}\n;return (text) => eval(text);`;
console.log = () => {};

function short(value) {
  const text = inspect(value, { breakLength: Infinity });
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}

async function main() {
  let evaluate;
  try {
    const module = { exports: {} };
    evaluate = new Function("require", "module", "exports", load)(require, module, module.exports);
    for (const [name, value] of Object.entries(module.exports)) globalThis[name] ??= value;
  } catch {
    return; // it does not load, which the verdict says
  }
  for (const [at, [call, json]] of job.examples.entries()) {
    const value = JSON.parse(json);
    const name = call.slice(0, call.indexOf("("));
    try {
      if (evaluate(`typeof ${name}`) !== "function") continue;
      const found = await evaluate(call);
      try {
        assert.deepStrictEqual(found ?? null, value);
        told[at] = null;
      } catch {
        told[at] = `returns ${short(found)}`;
      }
    } catch (error) {
      told[at] = `raises ${error?.name ?? "something"}`;
    }
  }
}

main().then(() => {
  fs.writeFileSync(process.argv[2], JSON.stringify(told));
  process.exit(0);
});
