import { gunzipSync } from "node:zlib";

const LIMIT = 1_000_000;

export function readings(body) {
  let text;
  try {
    // The limit is on what comes out: a thousand bytes can become a million.
    text = gunzipSync(body, { maxOutputLength: LIMIT }).toString("utf8");
  } catch {
    throw new RangeError("not gzip, or more than 1 MB of readings");
  }
  const values = JSON.parse(text);
  if (!Array.isArray(values)) throw new TypeError("readings are an array");
  return values;
}
