const PARTNERS = ["rail.example", "ferries.example"];

function partnerOf(url) {
  return PARTNERS.find((partner) => url.hostname === partner || url.hostname.endsWith(`.${partner}`));
}

function outboundLocation(to, countClick) {
  const url = URL.canParse(to) ? new URL(to) : null;
  const partner = url && partnerOf(url);
  // Decided on the parsed URL, and the parsed URL is sent: the text may read differently in browser and pattern.
  if (!partner || url.protocol !== "https:" || url.username || url.password) {
    return "/partners";
  }
  countClick(partner);
  return url.href;
}

module.exports = { outboundLocation };
