import xpath from "xpath";

// Compiled once and the same for every search: what is typed is a value in it and can't become part of it.
const scores = xpath.parse(
  "//voice[@name = $voice]/score[contains(title, $text) or contains(composer, $text)]/@file",
);

export function findScores(catalogue, voice, text) {
  const wanted = text.trim();
  if (wanted === "") return [];
  const found = scores.select({ node: catalogue, variables: { voice, text: wanted } });
  return found.map((attribute) => attribute.value).sort();
}
