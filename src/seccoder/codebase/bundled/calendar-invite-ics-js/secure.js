function escapeText(text) {
  return (
    text
      .replace(/[\\;,]/g, "\\$&")
      // Each line is a property: any kind of line break inside a text would begin one of the sender's choice.
      .replace(/\r\n|[\r\n\u0085\u2028\u2029]/g, "\\n")
      .replace(/[\0-\x08\x0b-\x1f\x7f]/g, "")
  );
}

function timestamp(date) {
  return date.toISOString().replace(/[-:]|\.\d+/g, "");
}

export function createInvite({ id, title, place, description, start, end }) {
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//meetup.example//events//EN",
    "BEGIN:VEVENT",
    `UID:${Number(id)}@meetup.example`,
    `DTSTAMP:${timestamp(new Date())}`,
    `DTSTART:${timestamp(start)}`,
    `DTEND:${timestamp(end)}`,
    `SUMMARY:${escapeText(title)}`,
    `LOCATION:${escapeText(place)}`,
    `DESCRIPTION:${escapeText(description)}`,
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");
}
