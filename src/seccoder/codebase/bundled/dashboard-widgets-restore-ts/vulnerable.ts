export interface Widget {
  render(): string;
}
type Options = Record<string, unknown>;

async function revive(entry: { kind: string; options?: Options }): Promise<Widget> {
  const module = await import(`./widgets/${entry.kind}.js`).catch(() => null);
  if (!module) throw new TypeError("There is no widget of this kind");
  return new module.default({ ...entry.options });
}

export async function restoreDashboard(text: string): Promise<Widget[]> {
  let saved: unknown;
  try {
    saved = JSON.parse(text);
  } catch {
    throw new TypeError("This is no dashboard");
  }
  if (!Array.isArray(saved)) throw new TypeError("This is no dashboard");
  return Promise.all(saved.map(revive));
}
