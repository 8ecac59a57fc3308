// vulnerable: the rule becomes a function body
function compileRule(rule) {
  return new Function('order', 'return ' + rule);
}

exports.applies = (rule, order) => Boolean(compileRule(rule)(order));
