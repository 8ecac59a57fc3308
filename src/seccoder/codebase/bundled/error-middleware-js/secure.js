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
    // Only what we wrote for the client goes there; other errors may carry a status and a message full of internals.
    if (error instanceof ClientError) {
      return response.status(error.status).json({ error: error.message });
    }
    const reference = randomUUID();
    log.error({ reference, method: request.method, path: request.path, error });
    return response.status(500).json({ error: "Something went wrong on our side", reference });
  };
}
