function moment(day, time) {
  const date = new Date(`${day} ${time}Z`);
  if (Number.isNaN(date.getTime()) || date.getUTCMinutes() % 30 !== 0) throw new RangeError("Day and time, please");
  return date.getTime();
}

export function slot({ day, start, end }) {
  const [from, to] = [moment(day, start), moment(day, end)];
  const hours = (to - from) / 3_600_000;
  if (!(hours >= 0.5 && hours <= 3)) throw new RangeError("Half an hour to three hours");
  return { from: new Date(from), to: new Date(to) };
}
