const PRICES = { adults: 1250, children: 600, bikes: 400 } as const;
type Kind = keyof typeof PRICES;

function amount(form: URLSearchParams, kind: Kind): number {
  const text = form.get(kind) ?? "0";
  // Digits only, before it becomes a number: Number() would also take " 7 ", "1e1", "0x10" and "2.5".
  if (!/^\d{1,2}$/.test(text) || Number(text) > 20) throw new RangeError(`${kind} is a number from 0 to 20`);
  return Number(text);
}

export function order(form: URLSearchParams): Record<Kind, number> & { cents: number } {
  const [adults, children, bikes] = (["adults", "children", "bikes"] as const).map((kind) => amount(form, kind));
  if (adults + children < 1) throw new RangeError("At least one person");
  return { adults, children, bikes, cents: adults * PRICES.adults + children * PRICES.children + bikes * PRICES.bikes };
}
