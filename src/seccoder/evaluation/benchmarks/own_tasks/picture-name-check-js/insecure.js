module.exports = { isPicture };

/**
 * Tells whether the name of an uploaded file is that of a picture: .png, .jpg or .gif, in capital letters too.
 */
function isPicture(name) {
  return /\.(png|jpg|gif)/i.test(name);
}
