const SECRET = /pass(word|phrase|code)?|secret|token|cvc|card|iban|pin$/i;

function hidden(name, value) {
  // Called for every field at every depth, so nested forms are covered as well.
  return SECRET.test(name) ? "..." : value;
}

export function debugLog(write) {
  return (request, response, next) => {
    write(`${request.method} ${request.path} ${JSON.stringify(request.body, hidden)}`);
    next();
  };
}
