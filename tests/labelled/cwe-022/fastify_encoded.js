// vulnerable: the check looks at the encoded name, the file is opened by the decoded one
const fastify = require("fastify")({ logger: false });
const { readFile } = require("node:fs/promises");

fastify.get("/slides", async (request, reply) => {
  const { deck } = request.query;
  if (deck.includes("..")) return reply.code(400).send("bad name");
  const text = await readFile("slides/" + decodeURIComponent(deck), "utf8");
  return reply.type("text/plain").send(text);
});

fastify.listen({ port: 8080 });
