const TYPES = new Map([
  ["Date", { class: Date, dump: (date) => date.toISOString(), load: (text) => new Date(text) }],
  ["Map", { class: Map, dump: (map) => [...map], load: (entries) => new Map(entries) }],
  ["Set", { class: Set, dump: (set) => [...set], load: (items) => new Set(items) }],
]);

export function exportGame(state) {
  return JSON.stringify(state, function (key, value) {
    const original = this[key];
    for (const [name, type] of TYPES) {
      if (original instanceof type.class) return { $type: name, $value: type.dump(original) };
    }
    return value;
  });
}

export function importGame(text) {
  return JSON.parse(text, (key, value) => {
    if (value === null || typeof value !== "object" || !Object.hasOwn(value, "$type")) return value;
    // The file only chooses among our own three loaders; its text is never a name to be resolved.
    const type = TYPES.get(value.$type);
    if (!type) throw new TypeError("This file holds an unknown kind of value");
    return type.load(value.$value);
  });
}
