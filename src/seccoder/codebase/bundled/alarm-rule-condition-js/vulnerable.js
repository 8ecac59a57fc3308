import vm from "node:vm";

export function ruleApplies(rule, reading) {
  try {
    return Boolean(vm.runInNewContext(rule, { ...reading }, { timeout: 100 }));
  } catch (error) {
    throw new SyntaxError(`Not a comparison of a sensor with a number: ${rule.trim()}`, { cause: error });
  }
}
