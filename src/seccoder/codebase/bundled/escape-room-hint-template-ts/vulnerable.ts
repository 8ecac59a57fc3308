export type Values = Record<string, string | number>;

export function renderHint(hint: string, values: Values): string {
  const names = Object.keys(values);
  const unknown = (name: string) => /^\w+$/.test(name.trim()) && !names.includes(name.trim());
  const escaped = hint.replace(/[`\\]/g, "\\$&").replace(/\$\{([^}]*)\}/g, (place, name: string) => (unknown(name) ? `\\${place}` : place));
  return Function(...names, `return \`${escaped}\``)(...Object.values(values)) as string;
}
