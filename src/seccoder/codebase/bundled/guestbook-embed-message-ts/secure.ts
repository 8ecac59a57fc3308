interface Theme {
  kind: "theme";
  dark: boolean;
}

function isTheme(data: unknown): data is Theme {
  const { kind, dark } = Object(data) as Record<string, unknown>;
  return kind === "theme" && typeof dark === "boolean";
}

export function listen(target: EventTarget, customerOrigins: string[], setDark: (dark: boolean) => void): () => void {
  const known = new Set(customerOrigins);
  const listener = (event: Event) => {
    const { origin, data } = event as MessageEvent;
    // The browser says who posted it; everything in the data is the sender's word.
    if (known.has(origin) && isTheme(data)) setDark(data.dark);
  };
  target.addEventListener("message", listener);
  return () => target.removeEventListener("message", listener);
}
