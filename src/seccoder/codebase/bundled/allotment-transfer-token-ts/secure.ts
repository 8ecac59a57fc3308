import { createHmac, timingSafeEqual } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";

type Form = { body?: { csrf?: unknown }; session: { id: string } };

export function formToken(key: Buffer, sessionId: string): string {
  return createHmac("sha256", key).update(`form:${sessionId}`).digest("base64url");
}

export function requireToken(key: Buffer) {
  return async (request: FastifyRequest & Form, reply: FastifyReply) => {
    const given = request.body?.csrf;
    // The token belongs to this session: what another site can plant in the browser does not help it.
    const expected = Buffer.from(formToken(key, request.session.id));
    const sent = Buffer.from(typeof given === "string" ? given : "");
    if (sent.length !== expected.length || !timingSafeEqual(sent, expected)) {
      return reply.code(403).send({ error: "Please load the page again." });
    }
  };
}
