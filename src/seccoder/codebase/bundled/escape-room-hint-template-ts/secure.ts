export type Values = Record<string, string | number>;

export function renderHint(hint: string, values: Values): string {
  const known = new Map(Object.entries(values));
  // A place is a name to look up and not an expression; what replaces it is not looked at again.
  return hint.replace(/\$\{\s*(\w{1,40})\s*\}/g, (place, name: string) => {
    const value = known.get(name);
    return value === undefined ? place : String(value);
  });
}
