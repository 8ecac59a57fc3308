const TYPES = [Date, Map, Set];

export function exportGame(state) {
  return JSON.stringify(state, function (key, value) {
    const original = this[key];
    for (const type of TYPES) {
      if (original instanceof type) {
        return { $type: type.name, $value: type === Date ? original.toISOString() : [...original] };
      }
    }
    return value;
  });
}

export function importGame(text) {
  return JSON.parse(text, (key, value) => {
    if (value === null || typeof value !== "object" || !Object.hasOwn(value, "$type")) return value;
    const Type = eval(value.$type);
    if (typeof Type !== "function") throw new TypeError("This file holds an unknown kind of value");
    return new Type(value.$value);
  });
}
