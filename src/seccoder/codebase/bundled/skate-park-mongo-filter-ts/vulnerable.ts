type Query = Record<string, unknown>;

export function parkFilter(query: Query): Record<string, unknown> {
  if (!query.city) throw new RangeError("Which city?");
  const filter: Query = { public: true, ...query };
  if (filter.indoor !== undefined) filter.indoor = filter.indoor === "true";
  return filter;
}
