"""Lists what is put into Go's standard library, so that it tells of sensitive calls: file, function, statement.

A function that a version of Go does not have is left as it is. `H(kind, name, ...)` becomes a call of the harness's hook.
"""
# ruff: noqa: E501 - tables

_SEAL = r"Seal(dst, nonce, plaintext, data []byte) []byte {"
_WRITE = r"func (d *digest) Write(p []byte) (nn int, err error) {"
# file of the standard library, beginning of a function, statement that is put behind it
HOOKS = (
    ("os/file.go", "func OpenFile(name string, flag int, perm FileMode) (*File, error) {", 'H("file", "os.OpenFile", name, flag)'),
    ("os/file.go", "func Mkdir(name string, perm FileMode) error {", 'H("file", "os.Mkdir", name)'),
    ("os/path.go", "func MkdirAll(path string, perm FileMode) error {", 'H("file", "os.MkdirAll", path)'),
    ("os/file.go", "func Rename(oldpath, newpath string) error {", 'H("file", "os.Rename", newpath, oldpath)'),
    ("os/file_unix.go", "func Remove(name string) error {", 'H("removal", "os.Remove", name)'),
    ("os/file_unix.go", "func Symlink(oldname, newname string) error {", 'H("file", "os.Symlink", newname, oldname)'),
    ("os/file_unix.go", "func Link(oldname, newname string) error {", 'H("file", "os.Link", newname, oldname)'),
    ("os/removeall_at.go", "func removeAll(path string) error {", 'H("removal", "os.RemoveAll", path)'),
    ("os/proc.go", "func Exit(code int) {", 'H("exit", "os.Exit", code)'),
    ("os/exec/exec.go", "func (c *Cmd) Start() error {", 'H("program", "exec.Start", c.Args)'),
    ("net/http/server.go", "func (mux *ServeMux) Handle(pattern string, handler Handler) {", 'H("handle", pattern, handler)'),
    ("net/http/server.go", "func Redirect(w ResponseWriter, r *Request, url string, code int) {", 'H("redirect", "http.Redirect", url)'),
    ("net/http/cookie.go", "func SetCookie(w ResponseWriter, cookie *Cookie) {", 'H("cookie", "http.SetCookie", cookie.String())'),
    ("net/http/transport.go", "func (t *Transport) roundTrip(req *Request) (*Response, error) {", 'H("request", "http.Transport", req.URL.String())'),
    ("crypto/md5/md5.go", _WRITE, 'H("digest", "MD5", p)'),
    ("crypto/sha1/sha1.go", _WRITE, 'H("digest", "SHA1", p)'),
    ("crypto/sha256/sha256.go", _WRITE, 'H("digest", "SHA256", p)'),
    ("crypto/sha512/sha512.go", _WRITE, 'H("digest", "SHA512", p)'),
    ("crypto/des/cipher.go", "func NewCipher(key []byte) (cipher.Block, error) {", 'H("cipher", "DES", "", "")'),
    ("crypto/des/cipher.go", "func NewTripleDESCipher(key []byte) (cipher.Block, error) {", 'H("cipher", "DES3", "", "")'),
    ("crypto/rc4/rc4.go", "func NewCipher(key []byte) (*Cipher, error) {", 'H("cipher", "RC4", "", "")'),
    ("crypto/cipher/cbc.go", "func NewCBCEncrypter(b Block, iv []byte) BlockMode {", 'H("cipher", "AES", "CBC", iv)'),
    ("crypto/cipher/ctr.go", "func NewCTR(block Block, iv []byte) Stream {", 'H("cipher", "AES", "CTR", iv)'),
    ("crypto/cipher/cfb.go", "func NewCFBEncrypter(block Block, iv []byte) Stream {", 'H("cipher", "AES", "CFB", iv)'),
    ("crypto/cipher/ofb.go", "func NewOFB(b Block, iv []byte) Stream {", 'H("cipher", "AES", "OFB", iv)'),
    ("crypto/cipher/gcm.go", f"func (g *gcm) {_SEAL}", 'H("cipher", "AES", "GCM", nonce)'),
    ("crypto/aes/aes_gcm.go", f"func (g *gcmAsm) {_SEAL}", 'H("cipher", "AES", "GCM", nonce)'),
    ("crypto/aes/cipher_asm.go", "func (c *aesCipherAsm) Encrypt(dst, src []byte) {", 'H("cipher", "AES", "ECB", "")'),
    ("crypto/aes/cipher.go", "func (c *aesCipher) Encrypt(dst, src []byte) {", 'H("cipher", "AES", "ECB", "")'),
    ("crypto/aes/cipher.go", "func NewCipher(key []byte) (cipher.Block, error) {", 'H("block", "AES", "")'),
    ("math/rand/rand.go", "func (r *Rand) Int63() int64 {", 'H("random", "math/rand.Int63")'),
    ("math/rand/rand.go", "func (r *Rand) Uint64() uint64 {", 'H("random", "math/rand.Uint64")'),
    ("math/rand/rand.go", "func (r *Rand) Read(p []byte) (n int, err error) {", 'H("random", "math/rand.Read")'),
    ("crypto/rand/rand.go", "func Read(b []byte) (n int, err error) {", 'H("random", "crypto/rand.Read", b)'),
    ("crypto/rand/rand_unix.go", "func (r *reader) Read(b []byte) (n int, err error) {", 'H("random", "crypto/rand.Read", b)'),
    ("crypto/rand/util.go", "func Int(rand io.Reader, max *big.Int) (n *big.Int, err error) {", 'H("random", "crypto/rand.Int", max.String())'),
)  # fmt: skip
# the same, for functions whose answer is another one in the box
INSTEAD = (
    (
        "net/lookup.go",
        "func (r *Resolver) lookupIPAddr(ctx context.Context, network, host string) ([]IPAddr, error) {",
        'if f := boxwatch.Resolve; f != nil { if a := f(host); a != "" { return []IPAddr{{IP: ParseIP(a)}}, nil } }',
    ),
    (
        "net/lookup.go",
        "func (r *Resolver) LookupHost(ctx context.Context, host string) (addrs []string, err error) {",
        'if f := boxwatch.Resolve; f != nil { if a := f(host); a != "" { return []string{a}, nil } }',
    ),
    (
        "net/dial.go",
        "func (sd *sysDialer) dialSingle(ctx context.Context, ra Addr) (c Conn, err error) {",
        'if f := boxwatch.Dial; f != nil { if sd.Dialer.Control != nil { if err := sd.Dialer.Control(sd.network+"4", ra.String(), '
        "nil); err != nil { return nil, err } }; made, err := f(sd.address, ra.String()); if err != nil { return nil, err }; "
        "return made.(Conn), nil }",
    ),
    (
        "net/http/server.go",
        "func (srv *Server) ListenAndServe() error {",
        'if f := boxwatch.Hook; f != nil { f("handle", "/", srv.Handler); return ErrServerClosed }',
    ),
    (
        "net/http/server.go",
        "func (srv *Server) ListenAndServeTLS(certFile, keyFile string) error {",
        'if f := boxwatch.Hook; f != nil { f("handle", "/", srv.Handler); return ErrServerClosed }',
    ),
)
