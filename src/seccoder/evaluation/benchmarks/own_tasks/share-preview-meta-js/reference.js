module.exports = { previewTags };

/**
 * The meta elements for the head of a photo's page, from which messengers make their preview.
 *
 * For { title: "Sunset", description: "At the lake", image: "https://img.example/7.jpg" } these are
 *   <meta property="og:title" content="Sunset">
 *   <meta property="og:description" content="At the lake">
 *   <meta property="og:image" content="https://img.example/7.jpg">
 * each on a line of its own. What a photo does not have gets no element.
 *
 * @param {{title: string, description?: string, image?: string}} photo as its owner described it
 * @returns {string}
 */
function previewTags(photo) {
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return ["title", "description", "image"]
    .filter((name) => photo[name])
    .map((name) => {
      const content = String(photo[name]).replace(/[&<>"']/g, (character) => entities[character]);
      return `<meta property="og:${name}" content="${content}">\n`;
    })
    .join("");
}
