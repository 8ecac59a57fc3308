class Markup {
  constructor(text) {
    this.text = text;
  }
}

function toMarkup(value) {
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(toMarkup).join("");
  return String(value ?? "")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;");
}

function html(strings, ...values) {
  return new Markup(String.raw({ raw: strings }, ...values.map(toMarkup)));
}

export function renderComments(comments) {
  const items = comments.map(
    ({ cookId, name, nickname, text }) => html`
  <li>
    <a href="/cooks/${encodeURIComponent(cookId)}" title="${nickname}">${name}</a>
    <p>${text}</p>
  </li>`,
  );
  return html`<ul class="comments">${items}
</ul>`.text;
}
