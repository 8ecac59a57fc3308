interface Member {
  name: string;
  website?: string;
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

function webAddress(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  // Allow list on the parsed scheme: like a browser, the parser drops tabs and control characters around and in it.
  return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
}

export function renderMember(member: Member): string {
  const name = escapeHtml(member.name);
  const address = webAddress(member.website ?? "");
  return address ? `<a href="${escapeHtml(address)}" rel="nofollow ugc">${name}</a>` : `<span>${name}</span>`;
}
