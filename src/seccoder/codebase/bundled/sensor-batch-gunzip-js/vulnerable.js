import { gunzipSync } from "node:zlib";

const LIMIT = 1_000_000;

export function readings(body) {
  let text;
  try {
    if (body.length > LIMIT) throw new RangeError("too large");
    text = gunzipSync(body).toString("utf8");
  } catch {
    throw new RangeError("not gzip, or more than 1 MB of readings");
  }
  const values = JSON.parse(text);
  if (!Array.isArray(values)) throw new TypeError("readings are an array");
  return values;
}
