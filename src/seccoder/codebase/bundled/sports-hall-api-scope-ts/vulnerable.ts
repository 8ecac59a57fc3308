const WORD = /^[a-z]+(?:-[a-z]+)*$/;

export function mayCall(scopes: readonly string[], needed: string): boolean {
  const [resource, action, ...more] = needed.split(":");
  if (more.length > 0 || !WORD.test(resource) || !WORD.test(action ?? "")) throw new RangeError(`Not a scope: ${needed}`);
  return scopes.some((scope) => new RegExp(scope.replace(/\*/g, ".*")).test(needed));
}
