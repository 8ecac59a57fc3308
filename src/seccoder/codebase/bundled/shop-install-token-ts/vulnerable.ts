const PLATFORM = ".cartwheel.example";

export interface Credentials {
  clientId: string;
  clientSecret: string;
}

export async function accessToken(query: URLSearchParams, credentials: Credentials): Promise<string> {
  const shop = query.get("shop")?.toLowerCase() ?? "";
  const code = query.get("code");
  if (!shop.endsWith(PLATFORM) || shop === PLATFORM || !code) throw new RangeError("Not a call from the platform");

  const answer = await fetch(`https://${shop}/oauth/token`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      code,
    }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(`The platform answered ${answer.status}`);
  const { access_token: token } = (await answer.json()) as { access_token?: unknown };
  if (typeof token !== "string") throw new Error("The platform sent no token");
  return token;
}
