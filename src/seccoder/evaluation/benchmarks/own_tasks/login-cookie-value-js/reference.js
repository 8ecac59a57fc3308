function loginCookie(id) {
  return `login=${id}; Max-Age=86400; Path=/; HttpOnly; Secure; SameSite=Lax`;
}

module.exports = { loginCookie };
