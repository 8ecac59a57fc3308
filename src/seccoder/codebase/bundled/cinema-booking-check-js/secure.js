const MAX_SEATS = 8;

export function bookSeats(screening, body) {
  const { seats, name } = body ?? {};
  // Type first: "two" < 1 and "two" > 8 are both false, as every comparison with NaN is.
  if (!Number.isInteger(seats) || seats < 1 || seats > MAX_SEATS) {
    throw new RangeError(`Between 1 and ${MAX_SEATS} seats can be booked`);
  }
  if (typeof name !== "string" || name.trim() === "" || name.length > 80) {
    throw new RangeError("A name of 1 to 80 characters is needed for the pick-up");
  }
  if (seats > screening.seatsLeft) {
    throw new RangeError(`Only ${screening.seatsLeft} seats are left`);
  }
  screening.seatsLeft -= seats;
  screening.bookings.push({ seats, name: name.trim() });
  return seats * screening.priceCents;
}
