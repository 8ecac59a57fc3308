const INIT = Buffer.from([0x1b, 0x40]);
const CUT = Buffer.from([0x1d, 0x56, 0x00]);

function line(text, width = 42) {
  // Commands begin with control bytes: what was typed consists of printable characters only.
  const printable = text.normalize("NFC").replace(/[^\x20-\x7e\xa1-\xff]/g, "?");
  return Buffer.from(`${printable.slice(0, width)}\n`, "latin1");
}

export function ticketBytes(tour, name, guests) {
  if (!Number.isInteger(guests) || guests < 1 || guests > 40) throw new RangeError("1 to 40 guests");
  return Buffer.concat([INIT, line(tour), line(`Name: ${name}`), line(`Guests: ${guests}`), CUT]);
}
