export function stockUrl(base, article, branch) {
  if (["", ".", ".."].includes(article)) {
    throw new RangeError("Not an article number");
  }
  const url = new URL(base);
  // Encoded as one segment: "/", "?" and "#" become text. Only "." and ".." would still be steps, so they end above.
  url.pathname = `${url.pathname.replace(/\/$/, "")}/articles/${encodeURIComponent(article)}/stock`;
  url.searchParams.set("branch", branch);
  url.searchParams.set("view", "public");
  return url.href;
}
