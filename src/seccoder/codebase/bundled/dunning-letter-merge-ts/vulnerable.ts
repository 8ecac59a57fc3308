export interface Data {
  [name: string]: string | number | Data;
}

const PLACE = /\{\{(.*?)\}\}/g;

function lookUp(data: Data, path: string): string | number {
  const value = new Function(...Object.keys(data), `return ${path};`)(...Object.values(data));
  if (typeof value !== "string" && typeof value !== "number") throw new RangeError(`There is no value for {{${path}}}`);
  return value;
}

export function fillIn(template: string, data: Data): string {
  return template.replace(PLACE, (_, place: string) => String(lookUp(data, place.trim())));
}
