import { createHmac, timingSafeEqual } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";

type Form = { body?: { csrf?: unknown }; session: { id: string }; cookies: Record<string, string | undefined> };

export function formToken(key: Buffer, sessionId: string): string {
  return createHmac("sha256", key).update(`form:${sessionId}`).digest("base64url");
}

export function requireToken(key: Buffer) {
  return async (request: FastifyRequest & Form, reply: FastifyReply) => {
    const given = request.body?.csrf;
    const expected = Buffer.from(request.cookies.csrf ?? "");
    const sent = Buffer.from(typeof given === "string" ? given : "");
    if (sent.length === 0 || sent.length !== expected.length || !timingSafeEqual(sent, expected)) {
      return reply.code(403).send({ error: "Please load the page again." });
    }
  };
}
