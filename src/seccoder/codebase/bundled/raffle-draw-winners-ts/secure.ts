import { randomInt } from "node:crypto";

export function drawWinners<Ticket>(tickets: readonly Ticket[], prizes: number): Ticket[] {
  if (!Number.isInteger(prizes) || prizes < 0 || prizes > tickets.length) {
    throw new RangeError("There are not enough tickets for the prizes");
  }
  const drum = [...tickets];
  for (let prize = 0; prize < prizes; prize++) {
    // Any of the tickets left, all equally likely, and nobody can work out which beforehand.
    const drawn = randomInt(prize, drum.length);
    [drum[prize], drum[drawn]] = [drum[drawn], drum[prize]];
  }
  return drum.slice(0, prizes);
}
