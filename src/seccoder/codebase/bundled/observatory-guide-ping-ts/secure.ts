export interface Link {
  ask(line: string): Promise<string>;
}

// Letters of any language, digits and the signs of catalogue names: none of them means anything to the protocol.
const NAME = /^[\p{L}\p{N}][\p{L}\p{N} .+'*-]{0,59}$/u;

export async function seeObject(link: Link, name: string): Promise<boolean> {
  const wanted = name.trim();
  if (!NAME.test(wanted)) throw new RangeError("That is not the name of an object");
  const answer = await link.ask(`SLEW "${wanted}"`);
  return answer.startsWith("OK");
}
