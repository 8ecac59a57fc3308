module.exports = { isOurs };

/**
 * Tells whether an Origin header names one of our sites: https, and the host weather.example or a host below it.
 */
function isOurs(origin) {
  return /^https:\/\/([a-z0-9-]+\.)*weather\.example$/i.test(origin);
}
