export interface Session {
  user: string;
}
export interface Provider {
  authorize: string;
  clientId: string;
  callback: string;
  exchange(code: string): Promise<string>;
}

const go = (to: string) => new Response(null, { status: 303, headers: { Location: to } });

export function startLink(provider: Provider, session: Session): Response {
  const { clientId, callback } = provider;
  const query = { response_type: "code", client_id: clientId, redirect_uri: callback, state: session.user };
  return go(`${provider.authorize}?${new URLSearchParams(query)}`);
}

export async function finishLink(
  request: Request, provider: Provider, session: Session, keep: (user: string, tokens: string) => Promise<void>,
): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const code = searchParams.get("code");
  if (searchParams.get("state") !== session.user || !code) {
    return new Response("The calendar was not linked, please try again", { status: 400 });
  }
  await keep(session.user, await provider.exchange(code));
  return go("/settings/calendar");
}
