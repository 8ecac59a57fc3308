export interface Order {
  article: string;
  quantity: number;
  gift: boolean;
}

export function parseOrder(body: string): Order | null {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const { article, quantity, gift = false } = value as Record<string, unknown>;
  // Types are gone at run time: what came over the network has to be looked at, field by field.
  if (typeof article !== "string" || !/^[A-Z]{2}-\d{4}$/.test(article)) return null;
  if (!Number.isInteger(quantity) || (quantity as number) < 1 || (quantity as number) > 99) return null;
  if (typeof gift !== "boolean") return null;
  return { article, quantity: quantity as number, gift };
}
