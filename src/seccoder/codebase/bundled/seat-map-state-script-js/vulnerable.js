export function renderSeatMapPage(evening) {
  const state = JSON.stringify(evening).replaceAll("</script>", "<\\/script>");
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Seat map</title></head>
<body>
<main id="seat-map"></main>
<script>window.__STATE__ = ${state};</script>
<script src="/assets/seat-map.js"></script>
</body>
</html>`;
}
