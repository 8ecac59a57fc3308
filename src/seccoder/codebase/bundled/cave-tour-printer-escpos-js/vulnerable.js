const INIT = Buffer.from([0x1b, 0x40]);
const CUT = Buffer.from([0x1d, 0x56, 0x00]);

function line(text, width = 42) {
  const single = text.normalize("NFC").replace(/\n/g, "?");
  return Buffer.from(`${single.slice(0, width)}\n`, "latin1");
}

export function ticketBytes(tour, name, guests) {
  if (!Number.isInteger(guests) || guests < 1 || guests > 40) throw new RangeError("1 to 40 guests");
  return Buffer.concat([INIT, line(tour), line(`Name: ${name}`), line(`Guests: ${guests}`), CUT]);
}
