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
    const { data } = event as MessageEvent;
    if (known.has(data?.origin ?? customerOrigins[0]) && isTheme(data)) setDark(data.dark);
  };
  target.addEventListener("message", listener);
  return () => target.removeEventListener("message", listener);
}
