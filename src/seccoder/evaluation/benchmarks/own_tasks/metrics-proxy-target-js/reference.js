module.exports = { upstreamUrl };

const METRICS = "http://10.0.0.5:9200/metrics/";

/**
 * The address that a request to the dashboard is forwarded to; the metrics server has more than the dashboard may see.
 *
 * "/api/cpu/core-0?range=1h" becomes "http://10.0.0.5:9200/metrics/cpu/core-0?range=1h".
 *
 * @param {string} url of the request, as http.IncomingMessage has it
 * @returns {string | null} null if it does not begin with /api/
 */
function upstreamUrl(url) {
  if (!url.startsWith("/api/")) return null;
  let target;
  try {
    target = new URL(METRICS + url.slice("/api/".length));
  } catch {
    return null;
  }
  const inside = target.href.startsWith(METRICS) && !/%2f|%5c/i.test(target.pathname);
  return inside ? target.href : null; // dots in the path, also encoded ones, have been resolved by now
}
