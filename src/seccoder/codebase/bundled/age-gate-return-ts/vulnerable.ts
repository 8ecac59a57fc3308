const SITE = "https://wines.example";
const COOKIE = `adult=yes; Max-Age=${30 * 24 * 60 * 60}; Path=/; Secure; HttpOnly; SameSite=Lax`;

function pageOfTheShop(to: string | null): string {
  if (!to?.startsWith("/") || to.startsWith("//")) return `${SITE}/`;
  return to;
}

export function confirmAge(request: Request): Response {
  if (request.method !== "POST") {
    return new Response("Method not allowed", { status: 405, headers: { Allow: "POST" } });
  }
  const to = new URL(request.url).searchParams.get("to");
  return new Response(null, {
    status: 303,
    headers: { Location: pageOfTheShop(to), "Set-Cookie": COOKIE },
  });
}
