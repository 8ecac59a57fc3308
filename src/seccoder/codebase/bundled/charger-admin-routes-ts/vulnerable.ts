import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

export interface Station { status(): unknown; unlock(): void; limit(amperes: number): void; sessions(): unknown[] }

const digest = (text: string) => createHash("sha256").update(text).digest();

export function register(app: FastifyInstance, token: string, station: Station): void {
  const expected = digest(`Bearer ${token}`);
  const preHandler = async (request: FastifyRequest, reply: FastifyReply) => {
    if (!timingSafeEqual(digest(request.headers.authorization ?? ""), expected)) return reply.code(401).send({ error: "token" });
  };
  app.route({ method: "GET", url: "/status", handler: async () => station.status() });
  app.route({ method: "POST", url: "/unlock", preHandler, handler: async () => station.unlock() });
  app.route({ method: "POST", url: "/limit", preHandler, handler: async (request) => station.limit(Number((request.body as { amperes: number }).amperes)) });
  app.route({ method: "GET", url: "/sessions", handler: async () => station.sessions() });
}
