import xpath from "xpath";

export function findScores(catalogue, voice, text) {
  const wanted = text.trim();
  if (wanted === "") return [];
  const matches = `contains(title, "${wanted}") or contains(composer, "${wanted}")`;
  const found = xpath.select(`//voice[@name = "${voice}"]/score[${matches}]/@file`, catalogue);
  return found.map((attribute) => attribute.value).sort();
}
