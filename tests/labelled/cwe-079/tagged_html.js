// secure: a tag that escapes everything that is put in
const ENTITIES = new Map([["&", "&amp;"], ["<", "&lt;"], [">", "&gt;"], ['"', "&quot;"], ["'", "&#39;"]]);
const escape = (value) => String(value).replace(/[&<>"']/g, (mark) => ENTITIES.get(mark));
const html = (parts, ...values) => parts.map((part, i) => part + (i < values.length ? escape(values[i]) : "")).join("");

export const listing = (items) => `<ul>${items.map(({ title, link }) => html`<li data-link="${link}">${title}</li>`).join("")}</ul>`;
