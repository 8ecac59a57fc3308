type Query = Record<string, unknown>;

function text(query: Query, name: string): string | undefined {
  const value = query[name];
  // ?city[$ne]=x arrives as an object, and an object in a filter is an operator.
  if (value !== undefined && typeof value !== "string") throw new RangeError(`${name} is given once, as a text`);
  return value;
}

export function parkFilter(query: Query): Record<string, unknown> {
  const [city, surface, indoor] = ["city", "surface", "indoor"].map((name) => text(query, name));
  if (!city) throw new RangeError("Which city?");
  return {
    public: true,
    city: { $eq: city },
    ...(surface ? { surface: { $eq: surface } } : {}),
    ...(indoor ? { indoor: indoor === "true" } : {}),
  };
}
