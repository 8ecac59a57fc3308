export function drawWinners<Ticket>(tickets: readonly Ticket[], prizes: number): Ticket[] {
  if (!Number.isInteger(prizes) || prizes < 0 || prizes > tickets.length) {
    throw new RangeError("There are not enough tickets for the prizes");
  }
  const drum = [...tickets];
  drum.sort(() => Math.random() - 0.5);
  return drum.slice(0, prizes);
}
