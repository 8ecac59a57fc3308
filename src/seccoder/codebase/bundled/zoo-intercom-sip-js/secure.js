function action(fields) {
  const lines = Object.entries(fields).map(([key, value]) => {
    // Line ends are the protocol's only punctuation, so none may come from outside.
    if (/[\p{Cc}\u2028\u2029]/u.test(value)) throw new RangeError(`${key} must be one line of text`);
    return `${key}: ${value}\r\n`;
  });
  return `${lines.join("")}\r\n`;
}

export function announceCall(socket, extension, caller) {
  if (!/^\d{2,6}$/.test(extension)) throw new RangeError("An extension is two to six digits");
  socket.write(
    action({
      Action: "Originate",
      Channel: `Local/${extension}@zoo`,
      Context: "zoo",
      Exten: "100",
      Priority: "1",
      CallerID: caller.trim().slice(0, 80),
    }),
  );
}
