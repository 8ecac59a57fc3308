export interface Data {
  [name: string]: string | number | Data;
}

const PLACE = /\{\{([^{}]*)\}\}/g;
const PATH = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;

// The templates belong to our customers: a place names a value and never becomes code.
function lookUp(data: Data, path: string): string | number {
  if (!PATH.test(path)) throw new RangeError(`{{${path}}} is not a name`);
  let value: string | number | Data | undefined = data;
  for (const name of path.split(".")) {
    value = typeof value === "object" && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  if (typeof value !== "string" && typeof value !== "number") throw new RangeError(`There is no value for {{${path}}}`);
  return value;
}

export function fillIn(template: string, data: Data): string {
  return template.replace(PLACE, (_, place: string) => String(lookUp(data, place.trim())));
}
