function loginCookie(id) {
  const expires = new Date(Date.now() + 24 * 60 * 60 * 1000).toUTCString();
  return `login=${id}; expires=${expires}; path=/`;
}

module.exports = { loginCookie };
