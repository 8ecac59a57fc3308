class Html {
  constructor(readonly text: string) {}
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

// Every value is escaped here, in text and in attributes, unless this tag made it: none can be forgotten.
function html(strings: TemplateStringsArray, ...values: (string | Html | Html[])[]): Html {
  const parts = values.map((value) =>
    typeof value === "string" ? value.replace(/[&<>"']/g, (sign) => ENTITIES[sign]) : [value].flat().map(({ text }) => text).join(""),
  );
  return new Html(String.raw({ raw: strings }, ...parts));
}

export interface Concert { date: string; venue: string; city: string; link?: string }

export function tourTable(concerts: Concert[]): string {
  const rows = concerts.map(({ date, venue, city, link }) => {
    const secure = link !== undefined && URL.canParse(link) && new URL(link).protocol === "https:";
    const place = secure ? html`<a href="${link}">${venue}</a>` : html`${venue}`;
    return html`<tr><td>${date}</td><td>${place}</td><td>${city}</td></tr>`;
  });
  return html`<table>${rows}</table>`.text;
}
