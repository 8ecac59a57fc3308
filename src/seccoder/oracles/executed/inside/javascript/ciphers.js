// Runs in the sandbox, in Node: watches digests, ciphers, keys, signatures and random values, and what libraries make of them.
//
// They work as they do, with three exceptions. What costs time on purpose is done in fewer rounds. A cipher that this
// OpenSSL does not have, or that gets a key of the wrong length, is replaced by one that works. Where signatures are
// asked for, every signature is one by the run's own key, whatever key the code has, so that a token can be valid.
"use strict";

const real = { ...require("crypto") };
const { call } = require("./recorder.js");

const text = (data, encoding) => (Buffer.isBuffer(data) || data instanceof Uint8Array ? Buffer.from(data) : Buffer.from(String(data ?? ""), encoding === "latin1" || encoding === "hex" || encoding === "base64" ? encoding : "utf8"));
const hex = (data) => (data === null || data === undefined ? "" : text(data).toString("hex"));
const shown = (data) => text(data).toString("latin1");
const drawn = (name, bits) => call("system-random", { name, bits });
const digested = (name, data) => call("hash", { name: String(name).toLowerCase().replace(/^rsa-/, "").replace(/^sha-/, "sha"), data: text(data).toString("utf8"), security: true });
const stretched = (name, password, salt, rounds) => call("stretch", { name, password: shown(password), salt: shown(salt), rounds });

const NAMES = [[/^(des-?ede3|des3|3des|tripledes|desx)/i, "DES3"], [/^des/i, "DES"], [/^(bf|blowfish)/i, "Blowfish"], [/^(a?rc4)/i, "RC4"], [/^rc2/i, "ARC2"], [/^cast/i, "CAST5"], [/^idea/i, "IDEA"], [/^seed/i, "SEED"]];
function enciphered(algorithm, key, iv, direction) {
  const plain = String(algorithm).toLowerCase();
  const bits = Number(/(128|192|256)/.exec(plain)?.[1] ?? 0);
  const mode = /(ecb|cbc|ctr|gcm|ccm|ocb|cfb|ofb|xts|poly1305)/.exec(plain)?.[1] ?? (/^aes-?\d+$/.test(plain) ? "cbc" : "");
  call("cipher", { name: NAMES.find(([pattern]) => pattern.test(plain))?.[1] ?? plain.split("-")[0].toUpperCase(), mode: mode.toUpperCase(), bits, iv: hex(iv), direction });
}

const fitting = (value, length) => (length ? real.createHash("sha512").update(text(value)).digest().subarray(0, length) : null);
function cipher(name, algorithm, key, iv, options) {
  enciphered(algorithm, key, iv, name.startsWith("createC") ? "encrypt" : "decrypt");
  try {
    return real[name](algorithm, key, iv, options);
  } catch {
    const info = real.getCipherInfo(algorithm);
    try {
      if (info && info.keyLength <= 64) return real[name](algorithm, fitting(key, info.keyLength), fitting(iv, info.ivLength), options);
    } catch {}
    return real[name]("aes-128-ctr", fitting(key, 16), Buffer.alloc(16));
  }
}

// Keys: real ones of the size that is asked for, up to one that is quickly made, once for each kind.
const BITS = { "prime192v1": 192, secp192r1: 192, secp192k1: 192, "P-192": 192, secp160r1: 160, secp160k1: 160, secp128r1: 128, secp112r1: 112, secp224r1: 224, secp224k1: 224, "P-224": 224 };
const curve = (name) => BITS[name] ?? Number(/(\d{3})/.exec(String(name))?.[1] ?? 256);
function sized(kind, options = {}) {
  const known = String(kind).toLowerCase();
  const bits = /^(rsa|dsa)/.test(known) ? Number(options.modulusLength ?? 2048) : known === "ec" ? curve(options.namedCurve) : known === "dh" ? Number(options.primeLength ?? 2048) : known === "hmac" || known === "aes" ? Number(options.length) : 256;
  call("key", { name: known, bits });
  return { ...options, ...(options.modulusLength > 2048 ? { modulusLength: 2048 } : {}) };
}
const keys = new Map();
function pair(kind, options) {
  const made = sized(kind, options), known = JSON.stringify([kind, made]);
  if (!keys.has(known)) keys.set(known, real.generateKeyPairSync(kind, made));
  return keys.get(known);
}

const later = (make) => (...given) => {
  const callback = given.pop();
  let found, error = null;
  try { found = make(...given); } catch (caught) { error = caught; }
  setImmediate(() => callback(error, found));
};

const keyed = (key) => (key && typeof key === "object" && !Buffer.isBuffer(key) ? keyed(key.key) : key === undefined ? "" : shown(key));

function watchedCrypto(own) {
  const signed = (data) => real.createHmac("sha256", own).update(data).digest();
  const made = { ...real };
  const collected = (stream, name, told) => {
    const parts = [], { update, digest } = stream;
    stream.update = function (data, encoding) {
      parts.push(text(data, encoding));
      update.call(this, data, encoding);
      return stream;
    };
    stream.digest = function (...given) {
      told(name, Buffer.concat(parts));
      return digest.apply(this, given);
    };
    return stream;
  };
  made.createHash = (name, options) => {
    let stream;
    try { stream = real.createHash(name, options); } catch (error) { if (!/^(md4|ripemd160|md2|whirlpool)$/i.test(name)) throw error; stream = real.createHash("sha1"); }
    return collected(stream, name, digested);
  };
  made.Hash = made.createHash;
  made.hash = (name, data, encoding = "hex") => made.createHash(name).update(data).digest(encoding);
  made.createHmac = (name, key, options) => collected(real.createHmac(name, own ?? key, options), name, (which, data) => call("mac", { name: String(which).toLowerCase(), data: data.toString("utf8"), key: keyed(key) }));
  for (const name of ["createCipheriv", "createDecipheriv"]) made[name] = (...given) => cipher(name, ...given);
  for (const [name, with_] of [["createCipher", "createCipheriv"], ["createDecipher", "createDecipheriv"]]) made[name] = (algorithm, password, options) => cipher(with_, algorithm, fitting(password, 32), "", options); // its key is digested once, and its vector is always the same

  made.pbkdf2Sync = (password, salt, rounds, length, digest = "sha1") => (stretched(digest, password, salt, rounds), real.pbkdf2Sync(password, salt, Math.min(rounds, 500), length, digest));
  made.pbkdf2 = later(made.pbkdf2Sync);
  made.scryptSync = (password, salt, length, options = {}) => (stretched("scrypt", password, salt, options.N ?? options.cost ?? 16384), real.scryptSync(password, salt, length, { N: 16, r: 1, p: 1 }));
  made.scrypt = later(made.scryptSync);
  made.generateKeyPairSync = pair;
  made.generateKeyPair = (kind, options, callback) => later(pair)(kind, options, (error, found) => callback(error, found?.publicKey, found?.privateKey));
  made.generateKeyPair[require("util").promisify.custom] = async (kind, options) => pair(kind, options);
  made.generateKeySync = (kind, options) => (sized(kind, options), real.generateKeySync(kind, options));
  made.generateKey = later(made.generateKeySync);
  made.createECDH = (name) => (call("key", { name: "ec", bits: curve(name) }), real.createECDH(name));
  made.createDiffieHellman = (first, ...rest) => (typeof first === "number" ? (call("key", { name: "dh", bits: first }), real.getDiffieHellman("modp14")) : real.createDiffieHellman(first, ...rest));
  made.getDiffieHellman = made.createDiffieHellmanGroup = (name) => (call("key", { name: "dh", bits: { modp1: 768, modp2: 1024, modp5: 1536, modp14: 2048 }[name] ?? 3072 }), real.getDiffieHellman(/^modp[125]$/.test(name) ? "modp14" : name));

  made.randomBytes = (size, callback) => (drawn("randomBytes", 8 * size), real.randomBytes(size, callback));
  made.randomFillSync = (buffer, ...rest) => (drawn("randomFillSync", 8 * buffer.byteLength), real.randomFillSync(buffer, ...rest));
  made.randomFill = (buffer, ...rest) => (drawn("randomFill", 8 * buffer.byteLength), real.randomFill(buffer, ...rest));
  made.randomUUID = (options) => (drawn("randomUUID", 122), real.randomUUID(options));
  made.randomInt = (...given) => {
    const [low, high] = typeof given[1] === "number" ? given : [0, given[0]];
    drawn("randomInt", Math.log2(Math.max(1, high - low)));
    return real.randomInt(...given);
  };
  made.getRandomValues = (array) => (drawn("getRandomValues", 8 * array.byteLength), real.webcrypto.getRandomValues(array));
  made.subtle = subtle();
  made.webcrypto = { getRandomValues: made.getRandomValues, randomUUID: made.randomUUID, subtle: made.subtle };

  if (own) { // a signature is the run's own, whatever the key
    const equal = (data, signature, encoding, key) => (call("checked", { key: keyed(key) }), Buffer.compare(signed(data), text(signature, encoding === "base64url" ? "base64" : encoding)) === 0);
    made.verify = (algorithm, data, key, signature, callback) => { const found = equal(data, signature, undefined, key); return callback ? void setImmediate(() => callback(null, found)) : found; };
    made.createVerify = () => { const parts = []; return { update(data, encoding) { parts.push(text(data, encoding)); return this; }, write(data) { parts.push(text(data)); }, end() {}, verify: (key, signature, encoding) => equal(Buffer.concat(parts), signature, encoding, key) }; };
    for (const name of ["createPublicKey", "createPrivateKey", "createSecretKey"]) made[name] = (key) => { try { return real[name](key); } catch { return { key, type: "public", export: () => key }; } };
  }
  made.default = made;
  return made;
}

function subtle() {
  const inner = real.webcrypto.subtle, name = (algorithm) => String(algorithm?.name ?? algorithm);
  return new Proxy({
    digest: (algorithm, data) => (digested(name(algorithm).replace("SHA-1", "sha1"), Buffer.from(data.buffer ?? data)), inner.digest(algorithm, data)),
    generateKey: (algorithm, ...rest) => (sized(/^(RSA|EC|HMAC|AES)/.exec(name(algorithm))?.[1].toLowerCase() ?? "other", algorithm), inner.generateKey(algorithm.modulusLength > 2048 ? { ...algorithm, modulusLength: 2048 } : algorithm, ...rest)),
    encrypt: (algorithm, key, data) => (enciphered(`${key?.algorithm?.name ?? name(algorithm)}`.toLowerCase(), "", algorithm.iv, "encrypt"), inner.encrypt(algorithm, key, data)),
    deriveBits: (algorithm, ...rest) => (told(algorithm), inner.deriveBits(algorithm, ...rest)), deriveKey: (algorithm, ...rest) => (told(algorithm), inner.deriveKey(algorithm, ...rest)),
  }, { get: (target, key) => target[key] ?? (typeof inner[key] === "function" ? inner[key].bind(inner) : inner[key]) });
  function told(algorithm) {
    if (name(algorithm) === "PBKDF2") stretched("pbkdf2", "", algorithm.salt, algorithm.iterations);
  }
}

// Libraries for passwords, digests, ciphers and tokens.
const libraries = (crypto, own) => {
  const answer = (value, given) => {
    const callback = given.find((each) => typeof each === "function");
    return callback ? void setImmediate(() => callback(null, value)) : Promise.resolve(value);
  };
  const salt = (cost = 10) => `$2b$${String(cost).padStart(2, "0")}$${real.randomBytes(16).toString("hex").slice(0, 22)}`;
  const bcrypt = () => {
    const hashSync = (password, given = 10) => {
      const used = typeof given === "string" ? given : salt(given);
      const cost = Number(/^\$2\w?\$(\d+)\$/.exec(used)?.[1] ?? 10);
      stretched("bcrypt", password, used, 10 * 2 ** cost); // a round of it costs about as much as ten of PBKDF2
      return used + real.createHash("sha256").update(used + password).digest("hex").slice(0, 31);
    };
    const compareSync = (password, stored) => hashSync(password, String(stored).slice(0, 29)) === stored;
    return { hashSync, compareSync, genSaltSync: salt, genSalt: (...given) => answer(salt(typeof given[0] === "number" ? given[0] : 10), given), hash: (password, given, ...rest) => answer(hashSync(password, given), rest), compare: (password, stored, ...rest) => answer(compareSync(password, stored), rest), getRounds: () => 10 };
  };
  const argon2 = () => ({ argon2id: 2, argon2i: 1, argon2d: 0, hash: async (password, options = {}) => { const used = options.salt ?? real.randomBytes(16).toString("hex"); stretched("argon2", password, used, 1_000_000); return `$argon2id$v=19$${hex(used)}$${real.createHash("sha256").update(hex(used) + password).digest("hex")}`; }, verify: async (stored, password) => String(stored).endsWith(real.createHash("sha256").update(String(stored).split("$")[3] + password).digest("hex")), needsRehash: () => false });

  const uuid = () => ({ v4: () => crypto.randomUUID(), v1: () => (call("random", { name: "uuid.v1" }), real.randomUUID()), v7: () => crypto.randomUUID(), v5: (name) => real.createHash("sha256").update(String(name)).digest("hex").slice(0, 32), validate: (t) => /^[\da-f-]{36}$/i.test(t), NIL: "00000000-0000-0000-0000-000000000000" });
  const alphabet = (letters, size) => () => (drawn("nanoid", size * Math.log2(letters.length)), Array.from({ length: size }, () => letters[real.randomInt(letters.length)]).join(""));
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  const nanoid = (size = 21) => alphabet(LETTERS, size)();

  const words = (data) => Object.assign(data, { toString: (encoding) => Buffer.prototype.toString.call(data, encoding?.name_ ?? "hex"), words: [], sigBytes: data.length });
  const coder = (name_) => ({ name_, parse: (value) => words(Buffer.from(String(value), name_)), stringify: (value) => Buffer.prototype.toString.call(Buffer.from(value), name_) });
  const cryptojs = () => {
    const hasher = (name) => (data) => words(crypto.createHash(name).update(text(data)).digest());
    const coded = (algorithm) => ({
      encrypt: (data, key, options = {}) => { enciphered(`${algorithm}-${options.mode?.name_ ?? "cbc"}`, key, options.iv ?? (typeof key === "string" ? real.randomBytes(16) : ""), "encrypt"); const found = Buffer.from(text(data)); return { toString: () => found.toString("base64"), ciphertext: words(found), iv: options.iv, key }; },
      decrypt: (data, key, options = {}) => (enciphered(`${algorithm}-${options.mode?.name_ ?? "cbc"}`, key, options.iv ?? "", "decrypt"), words(Buffer.from(String(data), "base64"))),
    });
    const modes = Object.fromEntries(["ECB", "CBC", "CTR", "CFB", "OFB"].map((name) => [name, { name_: name.toLowerCase() }]));
    return { MD5: hasher("md5"), SHA1: hasher("sha1"), SHA256: hasher("sha256"), SHA512: hasher("sha512"), SHA384: hasher("sha384"), SHA224: hasher("sha224"), SHA3: hasher("sha3-512"), RIPEMD160: hasher("ripemd160"), HmacSHA256: (data, key) => words(crypto.createHmac("sha256", text(key)).update(text(data)).digest()), HmacSHA1: (data, key) => words(crypto.createHmac("sha1", text(key)).update(text(data)).digest()),
      PBKDF2: (password, used, options = {}) => words(crypto.pbkdf2Sync(text(password), text(used), options.iterations ?? 250_000, 32, "sha256")), AES: coded("aes-256"), DES: coded("des"), TripleDES: coded("des3"), RC4: coded("rc4"), Rabbit: coded("rabbit"), Blowfish: coded("blowfish"), mode: modes, pad: new Proxy({}, { get: () => ({}) }), enc: { Hex: coder("hex"), Utf8: coder("utf8"), Base64: coder("base64"), Latin1: coder("latin1") }, lib: { WordArray: { random: (size) => words(crypto.randomBytes(size)), create: (data) => words(Buffer.from(data ?? [])) } }, algo: {} };
  };
  const forge = () => {
    const bytes = (data) => Object.assign(data, { toHex: () => data.toString("hex"), getBytes: () => data.toString("latin1"), bytes: () => data.toString("latin1"), data: data.toString("latin1") });
    const hasher = (name) => ({ create: () => { const stream = crypto.createHash(name); return { update(data) { stream.update(data); return this; }, digest: () => bytes(stream.digest()) }; } });
    const coded = (direction) => (algorithm, key) => { let out = Buffer.alloc(0); const self = { start: (options) => enciphered(`${algorithm}`.toLowerCase().replace("3des", "des3"), key, options?.iv, direction), update(data) { out = Buffer.concat([out, text(data)]); }, finish: () => true, get output() { return bytes(out); }, mode: { tag: bytes(Buffer.alloc(16)) } }; return self; };
    const generateKeyPair = (first, ...rest) => { const size = typeof first === "number" ? first : first?.bits ?? first?.modulusLength ?? 2048; call("key", { name: "rsa", bits: size }); const found = { publicKey: {}, privateKey: {} }; const callback = rest.find((each) => typeof each === "function") ?? (typeof first === "function" ? first : null); return callback ? void setImmediate(() => callback(null, found)) : found; };
    return { md: { md5: hasher("md5"), sha1: hasher("sha1"), sha256: hasher("sha256"), sha512: hasher("sha512"), sha384: hasher("sha384") }, cipher: { createCipher: coded("encrypt"), createDecipher: coded("decrypt") }, random: { getBytesSync: (size) => crypto.randomBytes(size).toString("latin1"), getBytes: (size) => crypto.randomBytes(size).toString("latin1") }, pkcs5: { pbkdf2: (password, used, rounds, size) => crypto.pbkdf2Sync(password, used, rounds, size, "sha1").toString("latin1") }, util: { createBuffer: (data) => bytes(text(data)), encode64: (data) => text(data).toString("base64"), bytesToHex: (data) => text(data, "latin1").toString("hex"), encodeUtf8: (t) => t }, pki: { rsa: { generateKeyPair }, publicKeyToPem: () => "PEM", privateKeyToPem: () => "PEM" }, rsa: { generateKeyPair } };
  };

  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const opened = (token) => { try { const [head, body] = String(token).split("."); return { header: JSON.parse(Buffer.from(head, "base64url")), payload: JSON.parse(Buffer.from(body, "base64url")), signature: String(token).split(".")[2] ?? "" }; } catch { return null; } };
  class JsonWebTokenError extends Error { name = "JsonWebTokenError"; }
  const verified = (token, key, options = {}) => {
    const found = opened(token);
    const allowed = options.algorithms ?? (key ? ["HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "EdDSA"] : ["none"]);
    call("token", { allowed, key: key ? "a key" : "" });
    if (!found) throw new JsonWebTokenError("jwt malformed");
    if (!allowed.includes(found.header.alg)) throw new JsonWebTokenError("invalid algorithm");
    const right = found.header.alg === "none" ? !found.signature && allowed.includes("none") : found.signature === real.createHmac("sha256", own ?? String(key)).update(String(token).split(".").slice(0, 2).join(".")).digest("base64url");
    if (!right) throw new JsonWebTokenError("invalid signature");
    if (!options.ignoreExpiration && found.payload.exp && found.payload.exp < Date.now() / 1000) throw new JsonWebTokenError("jwt expired");
    return found;
  };
  const signing = (payload, key, options = {}) => { const algorithm = options.algorithm ?? options.header?.alg ?? "HS256"; call("signed", { algorithm }); const data = `${part({ alg: algorithm, typ: "JWT" })}.${part(typeof payload === "object" ? payload : { data: payload })}`; return `${data}.${algorithm === "none" ? "" : real.createHmac("sha256", own ?? String(key)).update(data).digest("base64url")}`; };
  const jsonwebtoken = () => ({
    sign: (payload, key, ...rest) => { const callback = rest.find((each) => typeof each === "function"), made = signing(payload, key, typeof rest[0] === "object" ? rest[0] : {}); return callback ? void setImmediate(() => callback(null, made)) : made; },
    verify: (token, key, ...rest) => {
      const callback = rest.find((each) => typeof each === "function"), options = rest[0] && typeof rest[0] === "object" ? rest[0] : {};
      const done = (used) => { const found = verified(token, used, options); return options.complete ? found : found.payload; };
      if (!callback && typeof key !== "function") return done(key);
      const finish = (error, used) => { if (error) return callback(error); let found; try { found = done(used); } catch (caught) { return callback(caught); } callback(null, found); };
      setImmediate(() => (typeof key === "function" ? key(opened(token)?.header ?? {}, finish) : finish(null, key)));
    },
    decode: (token, options = {}) => { const found = opened(token); return found && (options.complete ? found : found.payload); },
    JsonWebTokenError, TokenExpiredError: JsonWebTokenError, NotBeforeError: JsonWebTokenError,
  });
  const jose = () => ({
    jwtVerify: async (token, key, options = {}) => { const found = verified(token, typeof key === "function" ? "a key" : key, options); return { payload: found.payload, protectedHeader: found.header }; },
    decodeJwt: (token) => opened(token)?.payload, decodeProtectedHeader: (token) => opened(token)?.header, createRemoteJWKSet: () => () => "a key", importSPKI: async (key) => key, importJWK: async (key) => key, importX509: async (key) => key,
    SignJWT: class { constructor(payload) { this.payload = payload; } setProtectedHeader(header) { this.header = header; return this; } setIssuedAt() { return this; } setExpirationTime() { return this; } setIssuer() { return this; } setAudience() { return this; } setSubject() { return this; } async sign(key) { return signing(this.payload, key, { header: this.header }); } },
    errors: { JWTExpired: JsonWebTokenError, JOSEError: JsonWebTokenError },
  });
  const simple = () => ({ encode: (payload, key, algorithm) => signing(payload, key, { algorithm }), decode: (token, key, unchecked, algorithm) => (unchecked ? opened(token)?.payload : verified(token, key || "a key", algorithm ? { algorithms: [algorithm] } : {}).payload) });
  const decoded = () => Object.assign((token) => opened(token)?.payload, { jwtDecode: (token) => opened(token)?.payload, default: (token) => opened(token)?.payload });

  return { bcrypt, bcryptjs: bcrypt, "bcrypt-nodejs": bcrypt, argon2, uuid, "uuid/v4": () => uuid().v4, "uuid/v1": () => uuid().v1, nanoid: () => ({ nanoid, customAlphabet: (letters, size = 21) => alphabet(letters, size) }), md5: () => (data) => crypto.createHash("md5").update(text(data)).digest("hex"), sha1: () => (data) => crypto.createHash("sha1").update(text(data)).digest("hex"), "js-sha256": () => ({ sha256: (data) => crypto.createHash("sha256").update(text(data)).digest("hex") }), "crypto-js": cryptojs, "node-forge": forge, jsonwebtoken, jose, "jwt-simple": simple, "jwt-decode": decoded };
};

module.exports = { watchedCrypto, libraries };
