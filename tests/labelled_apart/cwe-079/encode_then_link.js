// secure: encoded for an address, and escaped where it is shown
const entities = (text) => text.replace(/[^A-Za-z0-9 ]/g, (c) => `&#${c.codePointAt(0)};`);

exports.tagLink = (tag) => `<a href="/tags/${encodeURIComponent(tag)}">${entities(String(tag))}</a>`;
