// The whole name, one label below the platform: with only its end checked, "10.0.0.1/?.cartwheel.example" would pass.
const SHOP = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.cartwheel\.example$/;

export interface Credentials {
  clientId: string;
  clientSecret: string;
}

export async function accessToken(query: URLSearchParams, credentials: Credentials): Promise<string> {
  const shop = query.get("shop")?.toLowerCase() ?? "";
  const code = query.get("code");
  if (!SHOP.test(shop) || !code) throw new RangeError("Not a call from the platform");

  const answer = await fetch(`https://${shop}/oauth/token`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      code,
    }),
    redirect: "error", // the secret goes to the platform and nowhere else
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(`The platform answered ${answer.status}`);
  const { access_token: token } = (await answer.json()) as { access_token?: unknown };
  if (typeof token !== "string") throw new Error("The platform sent no token");
  return token;
}
