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
  if (!url.startsWith("/api/")) {
    return null;
  }
  const target = new URL(url.replace("/api/", ""), METRICS);
  return target.href;
}
