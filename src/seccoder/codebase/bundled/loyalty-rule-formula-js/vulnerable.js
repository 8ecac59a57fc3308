export function points(formula, order) {
  const wrong = () => new Error(`Not a formula: ${formula}`);
  if (formula.length > 200 || !/^[\w\s.+*/()[\]-]+$/.test(formula)) throw wrong();
  const evaluate = new Function("total", "items", "shipping", `"use strict"; return (${formula});`);
  const value = evaluate(order.total, order.items, order.shipping);
  if (typeof value !== "number" || !Number.isFinite(value)) throw wrong();
  return Math.round(value);
}
