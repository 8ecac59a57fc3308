import { createHash, timingSafeEqual } from "node:crypto";

type Task = () => Promise<void>;
const digest = (text: string) => createHash("sha256").update(text).digest();

export function taskHandler(tasks: Map<string, Task>, env: Record<string, string | undefined>) {
  const secret = env.CRON_SECRET?.trim() ?? "";
  // A missing setting must stop the start: it would otherwise be a secret that everybody knows.
  if (secret.length < 16) throw new Error("CRON_SECRET is not set or too short");
  const expected = digest(`Bearer ${secret}`);

  return async (request: Request): Promise<Response> => {
    if (!timingSafeEqual(digest(request.headers.get("Authorization") ?? ""), expected)) {
      return new Response("Unauthorized", { status: 401, headers: { "WWW-Authenticate": "Bearer" } });
    }
    if (request.method !== "POST") return new Response("Method not allowed", { status: 405, headers: { Allow: "POST" } });
    const task = tasks.get(new URL(request.url).pathname.replace(/^\/tasks\//, ""));
    if (!task) return new Response("Not found", { status: 404 });
    await task();
    return new Response(null, { status: 204 });
  };
}
