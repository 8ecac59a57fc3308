export class HttpError extends Error {
  constructor(status, message, options) {
    super(message, options);
    this.status = status;
  }
}

export async function readJson(request, limit = 64 * 1024) {
  if (Number(request.headers["content-length"]) > limit) {
    throw new HttpError(413, `The body is larger than ${limit} bytes`);
  }
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks)));
  } catch (error) {
    throw new HttpError(400, "The body is not JSON", { cause: error });
  }
}
