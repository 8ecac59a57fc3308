type Task = () => Promise<void>;

export function taskHandler(tasks: Map<string, Task>, env: Record<string, string | undefined>) {
  return async (request: Request): Promise<Response> => {
    if (request.headers.get("Authorization") !== `Bearer ${env.CRON_SECRET}`) {
      return new Response("Unauthorized", { status: 401, headers: { "WWW-Authenticate": "Bearer" } });
    }
    if (request.method !== "POST") return new Response("Method not allowed", { status: 405, headers: { Allow: "POST" } });
    const task = tasks.get(new URL(request.url).pathname.replace(/^\/tasks\//, ""));
    if (!task) return new Response("Not found", { status: 404 });
    await task();
    return new Response(null, { status: 204 });
  };
}
