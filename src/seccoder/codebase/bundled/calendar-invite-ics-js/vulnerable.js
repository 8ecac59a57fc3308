function escapeText(text) {
  return text.replace(/[\\;,]/g, "\\$&");
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
    `DESCRIPTION:${escapeText(description).replace(/\r?\n/g, "\\n")}`,
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");
}
