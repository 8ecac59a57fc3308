import { randomBytes, timingSafeEqual } from "node:crypto";

export interface Session {
  user: string;
  calendarState?: string;
}
export interface Provider {
  authorize: string;
  clientId: string;
  callback: string;
  exchange(code: string): Promise<string>;
}

const go = (to: string) => new Response(null, { status: 303, headers: { Location: to } });

export function startLink(provider: Provider, session: Session): Response {
  session.calendarState = randomBytes(32).toString("base64url");
  const { clientId, callback } = provider;
  const query = { response_type: "code", client_id: clientId, redirect_uri: callback, state: session.calendarState };
  return go(`${provider.authorize}?${new URLSearchParams(query)}`);
}

export async function finishLink(
  request: Request, provider: Provider, session: Session, keep: (user: string, tokens: string) => Promise<void>,
): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const state = Buffer.from(searchParams.get("state") ?? "");
  const expected = Buffer.from(session.calendarState ?? "");
  delete session.calendarState; // good for one answer
  // Any page can send a browser here. Only the answer to the question this session has asked counts.
  const ours = expected.length > 0 && state.length === expected.length && timingSafeEqual(state, expected);
  const code = searchParams.get("code");
  if (!ours || !code) return new Response("The calendar was not linked, please try again", { status: 400 });
  await keep(session.user, await provider.exchange(code));
  return go("/settings/calendar");
}
