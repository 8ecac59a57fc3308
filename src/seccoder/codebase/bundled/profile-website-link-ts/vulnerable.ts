interface Member {
  name: string;
  website?: string;
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

function webAddress(text: string): string | null {
  if (text === "" || /^\s*(javascript|data|vbscript):/i.test(text)) return null;
  return text;
}

export function renderMember(member: Member): string {
  const name = escapeHtml(member.name);
  const address = webAddress(member.website ?? "");
  return address ? `<a href="${escapeHtml(address)}" rel="nofollow ugc">${name}</a>` : `<span>${name}</span>`;
}
