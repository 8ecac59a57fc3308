"""Finds the dangerous and the safer constructs that a change removes or adds, in any of the languages.

It compares two versions of some code, without comments. It gives the dangerous constructs that were removed and those
that were added, and the safer ones likewise, each with the weakness that it belongs to. A fix takes danger away.
Therefore the weaknesses of these constructs say what a commit is about when its message does not, and a "secure" side
that has a danger which its twin has not contradicts itself.

Patterns are counted line by line; this is no analysis. What is counted may be harmless, and most of what is wrong with
code has no pattern. It never says that anything is secure.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from seccoder.code.cwe import same_family

_CALL = r"\s*\("
_SQL = r"[\"'`]\s*(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP)\b"

# For each language: CWE, the name of the construct, pattern.
_DANGERS: dict[str, list[tuple[int, str, str]]] = {
    "python": [
        (95, "eval or exec", rf"(?<![\w.])(?:eval|exec){_CALL}"),
        (78, "a shell command", rf"\bos\.(?:system|popen){_CALL}|shell\s*=\s*True|\bcommands\.get(?:status)?output"),
        (502, "unpickling", r"\b(?:c?[pP]ickle|dill|marshal|shelve|jsonpickle)\.(?:loads?|Unpickler|open|decode)\b"),
        (502, "unsafe YAML", r"\byaml\.(?:load(?:_all)?\s*\((?![^)\n]*Safe)|unsafe_load|full_load)"),
        (89, "SQL built from strings", rf"(?i:f{_SQL}[^\n]*\{{|{_SQL}[^\n]*(?:[\"'`]\s*%|[\"'`]\s*\+|\.format\())"),
        (79, "unescaped markup", r"\bmark_safe\b|\bMarkup\s*\(|\|\s*safe\b|autoescape\s*=\s*False"),
        (1336, "a template from a string", r"\brender_template_string\b|\bTemplate\s*\(\s*(?:request|user|f[\"'])"),
        (327, "a weak hash or cipher", r"\bhashlib\.(?:md5|sha1)\b|\b(?:ARC4|DES3?|Blowfish)\.new\b|\bMODE_ECB\b"),
        (
            330,
            "predictable random numbers",
            r"(?<!\.)\brandom\.(?:random|randint|randrange|choice|choices|sample|getrandbits)\b",
        ),
        (
            295,
            "no check of certificates",
            r"\bverify\s*=\s*False|\bCERT_NONE\b|_create_unverified_context|check_hostname\s*=\s*False",
        ),
        (377, "a guessable temporary file", r"\btempfile\.mktemp\b|\bos\.tempnam\b|\bos\.tmpnam\b"),
        (22, "unpacking anywhere", r"\.extractall\s*\((?![^)\n]{0,200}\bfilter\s*=)"),
        (611, "XML with entities", r"resolve_entities\s*=\s*True|feature_external_ges\s*,\s*(?:True|1)"),
        (601, "a redirect to what was asked for", r"\bredirect\s*\(\s*request\."),
        (732, "open permissions", r"\b0o?777\b|\b0o?666\b"),
        (352, "no token against forgery", r"\bcsrf_exempt\b"),
        (215, "debugging on", r"\bdebug\s*=\s*True"),
    ],
    "c": [
        (120, "an unbounded copy", r"(?<!\w)(?:gets|strcpy|strcat|stpcpy|sprintf|vsprintf|wcscpy|wcscat)\s*\("),
        (120, "an unbounded read", r"scanf\s*\([^\n]*%s"),
        (78, "a shell command", r"(?<![\w.>])(?:system|popen)\s*\(|\"(?:/bin/)?sh\"\s*,\s*\"-c\""),
        (
            134,
            "a format that is no constant",
            r"(?<!\w)v?(?:printf|syslog|err|warn)\s*\(\s*(?:LOG_\w+\s*,\s*)?[a-zA-Z_][\w>.-]*\s*\)",
        ),
        (
            134,
            "a format that is no constant",
            r"(?<!\w)f?printf\s*\(\s*(?:stderr|stdout|\w+)\s*,\s*[a-zA-Z_][\w>.-]*\s*\)",
        ),
        (377, "a guessable temporary file", r"(?<!\w)(?:mktemp|tmpnam|tempnam)\s*\("),
        (330, "predictable random numbers", r"(?<!\w)(?:rand|random|srand)\s*\("),
        (327, "a weak hash or cipher", r"(?<!\w)(?:MD5|SHA1|DES)_\w+\s*\(|EVP_(?:md5|sha1|des_\w+|rc4)\s*\("),
        (295, "no check of certificates", r"SSL_VERIFY_NONE|CURLOPT_SSL_VERIFY(?:PEER|HOST)\s*,\s*0"),
        (732, "open permissions", r"\b0777\b|\b0666\b"),
    ],
    "javascript": [
        (95, "eval", r"(?<![\w.])(?:eval|Function)\s*\(|\bvm\.runIn\w+\s*\(|set(?:Timeout|Interval)\s*\(\s*[\"'`]"),
        (
            78,
            "a shell command",
            r"\bexec(?:Sync)?\s*\(\s*(?:`[^`]*\$\{|(?:\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*')\s*\+|\w+\s*\+|cmd|command)|shell\s*:\s*true",
        ),
        (
            79,
            "unescaped markup",
            r"\.(?:inner|outer)HTML\s*\+?=|document\.write|insertAdjacentHTML|dangerouslySetInnerHTML|v-html",
        ),
        (89, "SQL built from strings", rf"(?i:{_SQL}[^\n]*(?:\$\{{|[\"']\s*\+))"),
        (943, "a query that runs code", r"\$where\b"),
        (502, "unsafe deserialisation", r"\bunserialize\s*\(|yaml\.load\s*\((?![^)\n]*(?:JSON|FAILSAFE|CORE)_SCHEMA)"),
        (330, "predictable random numbers", r"\bMath\.random\s*\("),
        (
            327,
            "a weak hash or cipher",
            r"createHash\s*\(\s*[\"'](?:md5|sha1)|createCipher\s*\(|[\"'](?:des|rc4)\b|-ecb\b",
        ),
        (295, "no check of certificates", r"rejectUnauthorized\s*:\s*false|NODE_TLS_REJECT_UNAUTHORIZED"),
        (601, "a redirect to what was asked for", r"\bredirect\s*\(\s*req(?:uest)?\."),
        (346, "any origin", r"Access-Control-Allow-Origin[\"']\s*[,:]\s*[\"']\*"),
    ],
    "java": [
        (78, "a shell command", r"getRuntime\s*\(\s*\)\s*\.exec|\"(?:/bin/)?(?:ba)?sh\"\s*,\s*\"-c\""),
        (89, "SQL built from strings", rf"(?i:{_SQL}[^\n]*\"\s*\+)|\.createStatement\s*\("),
        (
            502,
            "unsafe deserialisation",
            r"\bnew\s+ObjectInputStream\b|\.readObject\s*\(|enableDefaultTyping|new\s+Yaml\s*\(\s*\)|XMLDecoder",
        ),
        (327, "a weak hash or cipher", r"getInstance\s*\(\s*\"(?:MD5|SHA-?1|DES|DESede|RC4|AES|[\w]+/ECB/\w+)\""),
        (330, "predictable random numbers", r"\bnew\s+(?:java\.util\.)?Random\s*\(|\bMath\.random\s*\("),
        (
            295,
            "no check of certificates",
            r"ALLOW_ALL_HOSTNAME|NoopHostnameVerifier|TrustAll|(?:checkServerTrusted|checkClientTrusted)\s*\([^)]*\)\s*\{\s*\}",
        ),
        (95, "eval", r"ScriptEngine\b[^\n]*|\.eval\s*\("),
        (209, "a stack trace for everybody", r"\.printStackTrace\s*\(\s*(?:out|response|writer|pw)?"),
        (377, "a guessable temporary file", r"File\.createTempFile\s*\("),
        (352, "no token against forgery", r"csrf\s*\(\s*\)\s*\.\s*disable|csrf\s*\([^()]*disable"),
        (601, "a redirect to what was asked for", r"sendRedirect\s*\(\s*request\."),
    ],
    "go": [
        (78, "a shell command", r"exec\.Command(?:Context)?\s*\([^\n]*\"(?:/bin/)?(?:ba)?sh\"\s*,\s*\"-c\""),
        (89, "SQL built from strings", rf"(?i:Sprintf\s*\(\s*{_SQL}|{_SQL}[^\n]*[\"`]\s*\+)"),
        (79, "unescaped markup", r"\btemplate\.(?:HTML|JS|URL|HTMLAttr)\s*\(|\"text/template\""),
        (295, "no check of certificates", r"InsecureSkipVerify\s*:\s*true|InsecureIgnoreHostKey"),
        (327, "a weak hash or cipher", r"\b(?:md5|sha1)\.(?:Sum|New)|\bdes\.New|\brc4\.New"),
        (330, "predictable random numbers", r"\brand\.(?:Intn?|Int31n?|Int63n?|Float64|Seed|Perm|New)\b|\"math/rand\""),
        (601, "a redirect to what was asked for", r"http\.Redirect\s*\([^\n]*r\.(?:URL\.Query|FormValue|Header)"),
        (732, "open permissions", r"\b0o?777\b|\b0o?666\b"),
    ],
}

# What a fix adds, in any language: CWE, the name of the construct, pattern.
_SAFER: list[tuple[int, str, str]] = [
    (
        89,
        "bound parameters",
        r"(?i:(?:where|values|set|and|limit)\b[^\n\"'`]*(?:\?|%s|\$\d|:\w+))[^\n]*[\"'`]\s*,|prepareStatement|PreparedStatement",
    ),
    (
        78,
        "no shell",
        r"\bshlex\.(?:quote|split)\b|\bsubprocess\.\w+\s*\(\s*\[|\bpipes\.quote\b|shell\s*=\s*False|\bexecFile(?:Sync)?\s*\(|ProcessBuilder|escapeshellarg",
    ),
    (
        79,
        "escaping",
        r"\bescape(?:Html|HTML|_html|Xml|html)?\w*\s*\(|\bhtml\.Escape|\btextContent\b|\bDOMPurify\b|\bsanitize\w*\s*\(|\bbleach\.|\bautoescape\s*=\s*(?:True|select_autoescape)",
    ),
    (
        22,
        "a path that is checked",
        r"\brealpath\b|\bcommonpath\b|\bsecure_filename\b|\bsafe_join\b|\bfilepath\.(?:Base|Clean|Rel|IsLocal)|\bpath\.basename|\bfilter\s*=\s*[\"']data\b|\.normalize\s*\(\s*\)|is_relative_to|getCanonicalPath|[\"']\.\.[\"'/\\]",
    ),
    (502, "safe deserialisation", r"\bsafe_load|\bSafeLoader\b|\bSafeConstructor\b|ObjectInputFilter"),
    (120, "a bounded copy", r"\b(?:snprintf|vsnprintf|strlcpy|strlcat|strncpy|strncat|fgets|memcpy_s)\s*\("),
    (
        787,
        "a check of bounds",
        r"\bif\s*\([^\n]*(?:>=?|<=?)[^\n]*(?:\bsizeof\b|_MAX\b|MAX_|[lL]en(?:gth)?\b|[sS]ize\b|\bend\b|\bnum\w*)",
    ),
    (476, "a check for null", r"\bif\s*\(\s*!\s*[\w>.\[\]-]+\s*\)|[!=]=\s*(?:NULL|nullptr)\b"),
    (
        190,
        "a check of arithmetic",
        r"__builtin_\w+_overflow|\b(?:SIZE|U?INT\d*|U?LONG)_MAX\b|check_(?:mul|add)_overflow|\bmultiplyExact\b",
    ),
    (416, "a pointer that is cleared", r"\w\s*=\s*(?:NULL|nullptr)\s*;"),
    (
        295,
        "certificates are checked",
        r"\bverify\s*=\s*True|CERT_REQUIRED|SSL_VERIFY_PEER|rejectUnauthorized\s*:\s*true",
    ),
    (327, "a stronger hash or cipher", r"(?i:sha-?(?:256|384|512)|\bpbkdf2|\bbcrypt|\bscrypt|\bargon2|/gcm)"),
    (916, "a slow password hash", r"(?i:\bpbkdf2|\bbcrypt|\bscrypt|\bargon2)"),
    (1004, "a cookie that scripts cannot read", r"(?i:\bhttp_?only\b[\"']?\s*[:=]\s*true|\bsetHttpOnly\s*\(\s*true)"),
    (732, "private permissions", r"\b0o?[67]00\b|\bumask\s*\(\s*0?o?77\b|\bS_IRUSR\b|\bPosixFilePermissions\b"),
    (
        330,
        "unpredictable random numbers",
        r"\bsecrets\.|\bos\.urandom|SystemRandom|SecureRandom|randomBytes|getrandom|crypto/rand|randomUUID",
    ),
    (352, "a token against forgery", r"(?i:csrf(?!_?exempt|\s*\(\s*\)\s*\.\s*disable|\s*\([^()]*disable))"),
    (
        611,
        "XML without entities",
        r"\bdefusedxml\b|disallow-doctype-decl|FEATURE_SECURE_PROCESSING|XML_PARSE_NONET|resolve_entities\s*=\s*False",
    ),
    (601, "a target that is checked", r"url_has_allowed_host|is_safe_url"),
    (
        208,
        "comparison in constant time",
        r"\bcompare_digest\b|ConstantTimeCompare|timingSafeEqual|CRYPTO_memcmp|MessageDigest\.isEqual",
    ),
    (
        862,
        "a check of rights",
        r"@?login_required|permission_required|has_permission|check_?(?:access|perm|auth)\w*\s*\(|\bauthori[sz]e\w*\s*\(|@PreAuthorize",
    ),
    (95, "literals instead of code", r"\bliteral_eval\b|\bJSON\.parse\b"),
    (377, "a private temporary file", r"\bmkstemp\b|\bNamedTemporaryFile\b|\bmkdtemp\b"),
    (400, "a limit", r"\bMaxBytesReader\b|\bLimitReader\b|\bmax_length\b|\bRLIMIT_|\bMAX_CONTENT_LENGTH\b"),
]


@dataclass(frozen=True, slots=True)
class Found:
    """One kind of construct: its weakness and its name."""

    cwe: str
    name: str

    def __str__(self) -> str:
        return f"{self.name} ({self.cwe})"


@dataclass(frozen=True, slots=True)
class Changes:
    """What a change did to the constructs that are known here."""

    gone: tuple[Found, ...]
    new: tuple[Found, ...]
    safer: tuple[Found, ...]
    lost: tuple[Found, ...]

    @property
    def cwes(self) -> tuple[str, ...]:
        """The weaknesses that the change seems to be about, the surest first."""
        return tuple(dict.fromkeys(found.cwe for found in (*self.gone, *self.safer)))

    def about(self, cwe: str) -> bool:
        """Tell whether a construct that belongs to the family of a weakness was removed or added."""
        return any(same_family(found.cwe, cwe) for found in (*self.gone, *self.safer))

    def replaces(self, cwe: str) -> bool:
        """Tell whether a dangerous construct of a weakness's family went, and a safer one came."""
        return all(any(same_family(found.cwe, cwe) for found in kind) for kind in (self.gone, self.safer))


def dangers(code: str, language: str) -> Counter[Found]:
    """Count how often each dangerous construct stands in code (without comments)."""
    return _count(_COMPILED.get(language, ()), code)


def changes(before: str, after: str, language: str) -> Changes:
    """Return what was removed and added between two versions of some code, without comments."""
    old, new = dangers(before, language), dangers(after, language)
    safer, less_safe = _count(_COMPILED_SAFER, after), _count(_COMPILED_SAFER, before)
    return Changes(tuple(old - new), tuple(new - old), tuple(safer - less_safe), tuple(less_safe - safer))


def _count(patterns: Sequence[tuple[Found, re.Pattern[str]]], code: str) -> Counter[Found]:
    found: Counter[Found] = Counter()
    for what, pattern in patterns:
        if count := sum(1 for _ in pattern.finditer(code)):
            found[what] += count
    return found


def _compile(table: list[tuple[int, str, str]]) -> list[tuple[Found, re.Pattern[str]]]:
    return [(Found(f"CWE-{cwe}", name), re.compile(pattern)) for cwe, name, pattern in table]


_COMPILED = {language: _compile(table) for language, table in _DANGERS.items()}
_COMPILED["cpp"] = _COMPILED["c"]
_COMPILED["typescript"] = _COMPILED["javascript"]
_COMPILED_SAFER = _compile(_SAFER)
