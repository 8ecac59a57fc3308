export function renderSeatMapPage(evening) {
  // Inside <script> only "<" can end or comment out the element, and JSON may spell it \u003c.
  const state = JSON.stringify(evening).replace(/</g, "\\u003c");
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
