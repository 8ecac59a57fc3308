const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([a-z]+)|([-+*/()]))/y;

export function points(formula, order) {
  const names = new Map([["total", order.total], ["items", order.items], ["shipping", order.shipping]]);
  const tokens = [];
  TOKEN.lastIndex = 0;
  for (let match; (match = TOKEN.exec(formula.trim())); ) tokens.push(match[1] ? Number(match[1]) : match[2] ?? match[3]);
  const wrong = () => new Error(`Not a formula: ${formula}`);
  if (formula.length > 200 || tokens.join("") !== formula.replace(/\s+/g, "")) throw wrong();

  // Only what is written here can happen: numbers, three names, four operators, parentheses.
  function factor() {
    const token = tokens.shift();
    if (token === "(") {
      const value = sum();
      if (tokens.shift() !== ")") throw wrong();
      return value;
    }
    const value = typeof token === "number" ? token : names.get(token);
    if (value === undefined) throw wrong();
    return value;
  }
  function product() {
    let value = factor();
    while (tokens[0] === "*" || tokens[0] === "/") value = tokens.shift() === "*" ? value * factor() : value / factor();
    return value;
  }
  function sum() {
    let value = product();
    while (tokens[0] === "+" || tokens[0] === "-") value = tokens.shift() === "+" ? value + product() : value - product();
    return value;
  }
  const value = sum();
  if (tokens.length > 0 || !Number.isFinite(value)) throw wrong();
  return Math.round(value);
}
