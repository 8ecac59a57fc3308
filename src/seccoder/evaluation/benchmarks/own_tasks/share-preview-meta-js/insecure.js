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
  const escape = (text) => text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;");
  let tags = "";
  for (const name of ["title", "description", "image"]) {
    if (photo[name]) {
      tags += `<meta property="og:${name}" content="${escape(photo[name])}">\n`;
    }
  }
  return tags;
}
