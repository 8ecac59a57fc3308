import { randomUUID } from "node:crypto";

export class ClientError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export function errorHandler(log) {
  return function handleError(error, request, response, next) {
    if (response.headersSent) return next(error);
    const status = error?.status ?? 500;
    if (status < 500) {
      return response.status(status).json({ error: error.message });
    }
    const reference = randomUUID();
    log.error({ reference, method: request.method, path: request.path, error });
    return response.status(500).json({ error: "Something went wrong on our side", reference });
  };
}
