function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function mergeSettings(...layers) {
  const merged = {};
  for (const layer of layers) {
    for (const [key, value] of Object.entries(layer)) {
      // JSON.parse makes "__proto__" an own key, but assigning it would replace the prototype.
      if (key === "__proto__") continue;
      const before = Object.hasOwn(merged, key) ? merged[key] : undefined;
      merged[key] = isObject(value) ? mergeSettings(isObject(before) ? before : {}, value) : structuredClone(value);
    }
  }
  return merged;
}

module.exports = { mergeSettings };
