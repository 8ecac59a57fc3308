export interface Link {
  ask(line: string): Promise<string>;
}

export async function seeObject(link: Link, name: string): Promise<boolean> {
  const wanted = name.trim().replace(/^"+|"+$/g, "");
  if (wanted === "" || wanted.length > 60) throw new RangeError("That is not the name of an object");
  const answer = await link.ask(`SLEW "${wanted}"`);
  return answer.startsWith("OK");
}
