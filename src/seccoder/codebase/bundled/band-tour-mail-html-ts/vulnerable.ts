const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]);

export interface Concert { date: string; venue: string; city: string; link?: string }

export function tourTable(concerts: Concert[]): string {
  const rows = concerts.map(({ date, venue, city, link }) => {
    const secure = link !== undefined && URL.canParse(link) && new URL(link).protocol === "https:";
    const place = secure ? `<a href="${link}">${escape(venue)}</a>` : escape(venue);
    return `<tr><td>${escape(date)}</td><td>${place}</td><td>${escape(city)}</td></tr>`;
  });
  return `<table>${rows.join("")}</table>`;
}
