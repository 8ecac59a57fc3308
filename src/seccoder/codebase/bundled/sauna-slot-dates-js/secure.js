function moment(day, time) {
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  const clock = /^([01]\d|2[0-4]):([03]0)$/.exec(time);
  if (!date || !clock) throw new RangeError("Day and time, please");
  const [, year, month, dayOfMonth] = date.map(Number);
  const midnight = new Date(Date.UTC(year, month - 1, dayOfMonth));
  // A day that does not exist would silently become another one: what comes back must be what was given.
  if (midnight.toISOString().slice(0, 10) !== day) throw new RangeError("There is no such day");
  const minutes = Number(clock[1]) * 60 + Number(clock[2]);
  if (minutes > 24 * 60) throw new RangeError("There is no such time");
  return midnight.getTime() + minutes * 60_000;
}

export function slot({ day, start, end }) {
  const [from, to] = [moment(day, start), moment(day, end)];
  const hours = (to - from) / 3_600_000;
  if (!(hours >= 0.5 && hours <= 3)) throw new RangeError("Half an hour to three hours");
  return { from: new Date(from), to: new Date(to) };
}
