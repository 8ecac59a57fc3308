module.exports = { isOurs };

/**
 * Tells whether an Origin header names one of our sites: https, and the host weather.example or a host below it.
 */
function isOurs(origin) {
