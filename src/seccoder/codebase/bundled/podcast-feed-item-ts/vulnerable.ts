export interface Episode {
  title: string;
  description: string;
  audioUrl: string;
  bytes: number;
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
const escapeXml = (text: string) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]);
const cdata = (text: string) => `<![CDATA[${text}]]>`;

export function feedItem({ title, description, audioUrl, bytes }: Episode): string {
  return [
    "<item>",
    `<title>${cdata(title)}</title>`,
    `<description>${cdata(description)}</description>`,
    `<enclosure url="${escapeXml(new URL(audioUrl).href)}" length="${Math.trunc(bytes)}" type="audio/mpeg"/>`,
    "</item>",
  ].join("\n");
}
