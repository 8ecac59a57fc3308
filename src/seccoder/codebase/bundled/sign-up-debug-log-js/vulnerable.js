export function debugLog(write) {
  return (request, response, next) => {
    const { password, ...rest } = request.body;
    write(`${request.method} ${request.path} ${JSON.stringify(password === undefined ? rest : { ...rest, password: "..." })}`);
    next();
  };
}
