export function stockUrl(base, article, branch) {
  if (article === "") {
    throw new RangeError("Not an article number");
  }
  const address = `${base.replace(/\/$/, "")}/articles/${article}/stock?branch=${branch}&view=public`;
  return new URL(encodeURI(address)).href;
}
