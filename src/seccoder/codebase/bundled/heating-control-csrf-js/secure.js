const ORIGIN = "https://heating.example";

function sessionOf(request, sessions) {
  const cookie = request.headers.get("cookie") ?? "";
  const pair = cookie.split("; ").find((part) => part.startsWith("session="));
  return sessions.get(pair?.slice("session=".length));
}

export async function handleTarget(request, sessions, heating) {
  if (!sessionOf(request, sessions)) {
    return new Response("Please log in", { status: 401 });
  }
  if (request.method === "GET") {
    return Response.json({ target: heating.target });
  }
  if (request.method !== "POST") {
    return new Response("Method not allowed", { status: 405, headers: { Allow: "GET, POST" } });
  }
  // The cookie comes along from any site's form; the Origin tells whose form it was, and a missing one is not ours.
  if (request.headers.get("origin") !== ORIGIN) {
    return new Response("Posted from another site", { status: 403 });
  }
  const target = Number(new URLSearchParams(await request.text()).get("target") ?? NaN);
  if (!(target >= 5 && target <= 30)) {
    return new Response("The target must be 5 to 30 degrees", { status: 400 });
  }
  heating.target = target;
  return new Response(null, { status: 303, headers: { Location: "/" } });
}
