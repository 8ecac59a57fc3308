// Runs in the sandbox, in Node: records what an attempt does.
//
// Foreign code shares this process, so each record is a claim.
"use strict";

const fs = require("fs");
const exists = fs.existsSync, resolve = require("path").resolve;
const MOST = 200;

const notes = { on: false, calls: [], events: [], sql: [], absent: [], errors: [] };

function begin() {
  Object.assign(notes, { on: true, calls: [], events: [], sql: [], absent: [], errors: [] });
}

// The line of the code under test that is behind this, or null.
function line() {
  const found = /\/box\/app\/app\.js:(\d+)/.exec(new Error().stack);
  return found ? Number(found[1]) : null;
}

function told(value, depth = 0) {
  if (value === null || value === undefined || typeof value === "boolean") return value ?? null;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string") return value.slice(0, 4000);
  if (typeof value === "function" || depth > 5) return null;
  if (Buffer.isBuffer(value)) return value.toString("utf8").slice(0, 4000);
  if (Array.isArray(value)) return value.slice(0, 20).map((inner) => told(inner, depth + 1));
  if (value instanceof RegExp || value instanceof URL) return String(value);
  try {
    return Object.fromEntries(Object.keys(value).slice(0, 20).map((key) => [key, told(value[key], depth + 1)]));
  } catch {
    return null;
  }
}

function call(kind, what) {
  if (notes.on && notes.calls.length < MOST) notes.calls.push([kind, told(what), line()]);
}

function event(kind, what) {
  if (notes.on && notes.events.length < MOST) notes.events.push([kind, String(what).slice(0, 600), line()]);
}

function statement(text, parameters, dialect) {
  if (!notes.on || notes.sql.length >= MOST) return;
  const given = parameters === undefined || parameters === null ? [] : Array.isArray(parameters) ? parameters.flat(3) : Object.values(Object(parameters));
  notes.sql.push([String(text), given.map((value) => (typeof value === "string" ? value : JSON.stringify(value) ?? "")), dialect, true, line()]);
}

// A file that is asked for: an event, and remembered if it is not there.
function asked(path) {
  if (!notes.on || line() === null) return;
  if (path instanceof URL) path = path.pathname;
  if (Buffer.isBuffer(path)) path = String(path);
  if (typeof path !== "string") return;
  event("open", `'${path}'`);
  const full = resolve(path);
  if (notes.absent.length < 8 && full.length < 300 && !full.includes("\0") && !exists(full)) notes.absent.push(full);
}

module.exports = { notes, begin, call, event, statement, asked, line, told };
