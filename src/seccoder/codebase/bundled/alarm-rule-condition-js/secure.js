const COMPARISON = /^\s*([a-z]\w*)\s*(<=|>=|<|>|==|!=)\s*(-?\d+(?:\.\d+)?)\s*$/i;
const HOLDS = {
  "<": (value, limit) => value < limit,
  "<=": (value, limit) => value <= limit,
  ">": (value, limit) => value > limit,
  ">=": (value, limit) => value >= limit,
  "==": (value, limit) => value === limit,
  "!=": (value, limit) => value !== limit,
};

function compare(text, reading) {
  // The rule is data: what is not exactly sensor, operator, number is an error, and nothing is ever evaluated.
  const match = COMPARISON.exec(text);
  if (!match || !Object.hasOwn(reading, match[1])) {
    throw new SyntaxError(`Not a comparison of a sensor with a number: ${text.trim()}`);
  }
  return HOLDS[match[2]](reading[match[1]], Number(match[3]));
}

export function ruleApplies(rule, reading) {
  const alternatives = rule.split("||").map((part) => part.split("&&").map((text) => compare(text, reading)));
  return alternatives.some((conditions) => conditions.every(Boolean));
}
