// vulnerable: a name is compared, an address of the machine itself in another spelling is not
const https = require("https");

exports.probe = function (address, callback) {
  const url = new URL(address);
  if (url.protocol !== "https:" || ["localhost", "127.0.0.1"].includes(url.hostname)) return callback(new Error("inside"));
  https.get(url, (answer) => callback(null, answer.statusCode)).on("error", callback);
};
