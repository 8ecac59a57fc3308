module.exports = { cancelBooking };

/**
 * Cancels a booking of a member: sets its cancelled to true.
 *
 * @param {Array<{id: number, member: string, cancelled: boolean}>} bookings
 * @returns {boolean} whether the member has such a booking
 */
function cancelBooking(bookings, member, id) {
  const booking = bookings.find((each) => each.id === id && each.member === member);
  if (!booking) return false;
  booking.cancelled = true;
  return true;
}
