const ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

function group() {
  return Array.from({ length: 4 }, () => ALPHABET[Math.floor(Math.random() * ALPHABET.length)]).join("");
}

export function createVoucher(nights, today = new Date()) {
  if (!Number.isInteger(nights) || nights < 1 || nights > 28) {
    throw new RangeError("A voucher is for 1 to 28 nights");
  }
  const expires = new Date(today);
  expires.setUTCDate(expires.getUTCDate() + nights);
  return { code: [group(), group(), group()].join("-"), expires: expires.toISOString().slice(0, 10) };
}
