function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function mergeInto(target, layer) {
  for (const key of Object.keys(layer)) {
    const value = layer[key];
    if (isObject(value)) {
      if (!isObject(target[key])) target[key] = {};
      mergeInto(target[key], value);
    } else {
      target[key] = structuredClone(value);
    }
  }
  return target;
}

function mergeSettings(...layers) {
  return layers.reduce(mergeInto, {});
}

module.exports = { mergeSettings };
