// vulnerable: vm is no boundary, the constructor of anything given in leads out
const vm = require('vm');

exports.evaluate = (expression) => {
  const context = vm.createContext({ Math, result: null });
  return vm.runInContext(expression, context, { timeout: 100 });
};
