const PARTNER = /^https:\/\/(?:[\w-]+\.)*(rail\.example|ferries\.example)/i;

function outboundLocation(to, countClick) {
  const match = PARTNER.exec(to);
  if (!match || !URL.canParse(to)) {
    return "/partners";
  }
  countClick(match[1].toLowerCase());
  return new URL(to).href;
}

module.exports = { outboundLocation };
