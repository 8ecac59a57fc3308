"""Holds the words by which people name weaknesses and their remedies, in the order of what they say most surely.

`commit_messages` reads commits and advisories with it. Each entry is a CWE and a pattern. Of entries that match in the
same line, the first stays of those that say the same more or less exactly: an over-read is not also an overflow.

Words of remedies ("SecureRandom", "constant time", "set as HTML") only hint at a weakness, because they also stand in
messages about something else. What they hint at counts where the change itself shows it.
"""

import re

_Pattern = tuple[str, list[str], re.Pattern[str], frozenset[str]]

# A CWE, parts of words without one of which its pattern cannot match (which is quick to see), the pattern, and the CWEs
# that say less than it in the same line.
_WORDS: list[tuple[int, str, str, tuple[int, ...]]] = [
    (943, "inject", r"nosql[- ]?inject\w*|mongo\w*[- ]inject\w*", (89,)),
    (89, "sql param", r"sql[- ]?inject\w*|\bsqli\b|parameteri[sz]ed? (?:sql|quer\w+)|bound parameters?|bind (?:sql )?parameters?", (94,)),
    (79, "xss script html escap markup", r"\bxss\b|cross[- ]?site[- ]?script\w*|html[- ]inject\w*|(?:html|markup)[- ]?escap\w*|escap\w+ (?:the |all )?(?:html|markup)", (94,)),
    (22, "travers slip arbitrary director folder root absolut ../ dir device file", r"(?:path|director(?:y|ies)|dir)[- ]?travers\w*|zip[- ]?slip|tar[- ]?slip|arbitrary file (?:read|write|overwrite|access)"
         r"|(?:outside|escap\w+|leav\w+|break\w* out) (?:of )?(?:from )?(?:the )?(?:root|base|target|static|web|document|destination)?[- ]?(?:dir\w*|folder|root)\b"
         r"|(?:strip|reject|refuse|remove|disallow|forbid|deny|block|not allow)\w* (?:\w+ ){0,2}absolute paths?|\.\./|(?:windows )?device names?|(?:saniti[sz]|clean|validat|check)\w* (?:the )?(?:uploaded )?(?:file ?names?|file paths?)", ()),
    (78, "inject shell", r"(?:os[- ])?command[- ]?inject\w*|shell[- ]?inject\w*|shell (?:meta)?characters?|without (?:a |the )?shell|(?:instead of|not|never|no longer) (?:\w+ ){0,3}(?:a |the )?shell\b|(?:quote|escape|saniti[sz]e)\w* (?:\w+ ){0,4}(?:to|for|in) (?:a |the )?shell|no (?:more )?shell\b|shell=true", (94,)),
    (88, "inject", r"argument[- ]?inject\w*|option[- ]?inject\w*", (78,)),
    (1336, "inject ssti sandbox", r"template[- ]?inject\w*|\bssti\b|sandbox (?:escape|bypass|breakout)|escap\w+ (?:from )?the sandbox", (94,)),
    (90, "ldap", r"ldap[- ]?inject\w*", ()),
    (643, "xpath", r"xpath[- ]?inject\w*", ()),
    (113, "header response", r"(?:header|response)[- ]?(?:inject\w*|splitting)", (93,)),
    (93, "crlf cr-lf cr/lf newline control", r"\bcr[-/ ]?lf[- ]inject\w*|\bcr[-/ ]?lf\b (?:\w+ ){0,2}(?:in|into) (?:\w+ ){0,2}(?:header|method|url|host|request|cookie)\w*|newlines? in (?:the )?(?:header|method|url|host|request)\w*|control char\w* in (?:the )?(?:header|method|url|host|request)\w*", ()),
    (444, "smuggl content-length", r"request[- ]smuggl\w*|(?:conflicting|duplicate|multiple) content-length", ()),
    (117, "log", r"log[- ]?(?:inject\w*|forging)", ()),
    (1236, "inject", r"(?:csv|formula)[- ]inject\w*", ()),
    (95, "eval", r"eval[- ]?inject\w*|unsafe eval|(?:avoid|replace|remove|drop|without|don't|not|instead of) (?:the )?(?:us(?:e|ing) (?:of )?)?eval\b", (94,)),
    (94, "code rce", r"code[- ]?(?:inject\w*|execution)|\brce\b|arbitrary code", ()),
    (352, "csrf xsrf forger", r"\bcsrf\b|\bxsrf\b|cross[- ]site request forger\w*", ()),
    (918, "ssrf forger", r"\bssrf\b|server[- ]side request forger\w*", ()),
    (776, "laughs entit amplif", r"billion laughs|entity expansion|exponential entit\w*|amplification", (611, 400)),
    (611, "xxe entit", r"\bxxe\b|xml external entit\w*|external (?:\w+ )?entit\w*", ()),
    (601, "redirect", r"open[- ]redirect\w*|unvalidated redirect|redirect\w* to (?:an? )?(?:other|external|arbitrary|untrusted|foreign) (?:sites?|urls?|domains?|pages?|locations?|targets?)|redirect (?:target|url|location)s?", ()),
    (502, "serial yaml pickl safe_load safeload safe-load loader", r"(?:unsafe|insecure|untrusted)[- ](?:object )?deseriali[sz]\w*|deseriali[sz]ation of untrusted|unsafe (?:yaml|pickle|unpickl\w*)|pickle rce"
          r"|yaml\.safe_?load|\bsafe_load\b|safe ?loader", (94,)),
    (1321, "proto", r"prototype[- ]?(?:pollut|poison|overwrit|inject)\w*|propert(?:y|ies) of the prototype|pollut\w+ (?:of )?(?:the )?(?:object )?prototype|__proto__|constructor\.prototype|object\.prototype", (94, 915)),
    (1333, "redos backtrack reg", r"\bredos\b|(?:linear|inefficient|super-?linear) (?:time )?reg(?:ular )?ex\w*|reg(?:ular )?ex\w*(?: expressions?)? (?:linear|in linear time|dos|denial)|regular expressions? linear|catastrophic backtrack\w*|regular expression denial|exponential (?:backtrack\w*|regex\w*)|polynomial (?:regex\w*|backtrack\w*)|(?:regex\w*|regular expressions?)\b.{0,40}\bbacktracks?\b"
           r"|(?:slow|quadratic|vulnerable|inefficient|unsafe) (?:reg(?:ular )?ex\w*)(?: expression)?|backtracking", (400,)),
    (416, "free uaf dangling", r"use[- ]after[- ]free|\buaf\b|dangling pointer|after (?:it (?:is|was) |being )?freed", (119,)),
    (415, "free", r"double[- ]?free|freed? twice", ()),
    (476, "null npe nil", r"\bnull[- ]?(?:ptr|pointer)?[- ]?(?:deref\w*|access|crash|check\w*|test\w*)|nullptr[- ](?:deref\w*|check\w*)|(?:check|test|guard|handle)\w* (?:for |against )?null[- ]?(?:pointers?|ptrs?)?\b(?! byte| char| termin)"
          r"|null pointer exception|\bnpe\b|nil (?:pointer )?(?:deref\w*|check\w*)|nil pointer", ()),
    (125, "read", r"(?:out[- ]of[- ]bounds?|\boob\b|buffer|heap|stack|string)[- ](?:memory |buffer |array )?(?:over)?[- ]?(?:read|access for read)\w*|buffer[- ]?over[- ]?read|\bover[- ]?read\w*"
          r"|read\w*(?: (?:of|a|the|heap|stack))* (?:buffer[- ]?overflow|out[- ]of[- ]bounds?|oob)|(?:buffer[- ]?overflow|overflow)(?: on| in| when| while|,)? (?:a )?read\w*"
          r"|read\w* (?:past|beyond|behind|after|outside|over) (?:of )?(?:the )?(?:\w+ )?(?:end|buffer|bounds?|limit|array|input|string|data)", (787, 119, 122, 121)),
    (787, "overfl overr overw writ corrupt underfl smash", r"stack[- ]smash\w*|(?:out[- ]of[- ]bounds?|\boob\b)[- ](?:memory |array )?writ\w*|buffer[- ]?over(?:flow|run|write)\w*|(?:heap|stack)[- ](?:based[- ])?buffer[- ]?(?:overflow|overrun)\w*"
          r"|heap[- ](?:based )?(?:overflow|overrun|corruption)|writ\w* (?:past|beyond|behind|after|outside|over) (?:of )?(?:the )?(?:\w+ )?(?:end|buffer|bounds?|limit|array)|buffer[- ]underflow", (119,)),
    (193, "off-by off by", r"off[- ]by[- ]one", ()),
    (190, "flow wrap integer", r"(?:integer|int|size|length|arithmetic|multiplication|addition|signed|unsigned|numeric|size_t)s?[- ]?(?:over[- ]?flow|wrap)\w*|integer over|overflow\w* (?:in|of|on|when) (?:the )?(?:multipl\w+|addition|size|length|integer)|\bwrap[- ]?around\b", ()),
    (191, "under", r"(?:integer|size|length|unsigned)[- ]?under[- ]?flow\w*", ()),
    (119, "bound oob corrupt", r"out[- ]of[- ]bounds?|\boob\b|memory corruption|bounds[- ]check\w*|(?:check\w*|wrong|missing) (?:the )?(?:array |buffer )?bounds", (770,)),
    (674, "recurs stack depth nest deep", r"(?:uncontrolled|infinite|unbounded|deep|excessive|endless|unlimited)(?:ly)? recurs\w*|stack[- ]?(?:exhaust\w*|overflow\w*)|recursion (?:depth|limit|error)|recursionerror"
          r"|(?:limit|restrict|check|bound|cap)\w* (?:the )?(?:\w+ )?(?:recursion|nesting|depth)|nest(?:ing|ed) (?:too )?(?:deep\w*|depth|limit|level)|deep(?:ly)?[- ]nest\w*|too deep\w*", (400,)),
    (369, "divi", r"divi(?:de|sion|ding)[- ]by[- ](?:zero|0)", ()),
    (134, "format", r"format[- ]string", ()),
    (401, "leak", r"memory[- ]?leak\w*", ()),
    (457, "initiali", r"uninitiali[sz]ed|un-?initiali[sz]ed", ()),
    (835, "loop hang", r"(?:infinite|endless) loop\w*|loops? forever|hang\w* forever", (400,)),
    (367, "toct tott time-of time of double fetch", r"\btoc?tt?ou\b|time[- ]of[- ]check|double[- ]fetch\w*|fetch\w* twice", (362,)),
    (362, "race", r"race[- ]condition\w*|\bdata races?\b|\braces? (?:between|in|when|with)\b", ()),
    (59, "link", r"symlink (?:attack|race|following|travers\w*)|(?:link|symlink)s? following|follow\w* (?:of )?sym(?:bolic )?links?|(?:through|via|by) (?:a )?sym(?:bolic )?links?", ()),
    (377, "temp", r"insecure temp\w*|predictable temp\w*", ()),
    (295, "certif verif host", r"certificate (?:validation|verification|checks?)|(?:verify|check|validate)\w* (?:the )?(?:server(?:'s)? )?(?:certificate|hostname)s?|(?:ssl|tls) verif\w*|cert_none|hostname verif\w*|verify\w* (?:tls|ssl|https|server)\b", ()),
    (347, "signature verif alg", r"signature (?:bypass|verification)|verif\w+ (?:the )?(?:jwt |token )?signatures?|alg(?:orithm)? (?:confusion|none)", ()),
    (916, "hash", r"(?:weak|unsalted|fast) password hash\w*", (327,)),
    (327, "weak insecure broken", r"weak (?:cipher|crypto\w*|hash\w*|encryption)|insecure (?:hash|cipher)|broken (?:hash|cipher)", ()),
    (330, "random predict guess insecure weak", r"(?:insecure|weak|predictable|guessable) (?:random\w*|token|id|boundary)|cryptographically (?:secure|strong) random\w*|predictab\w+", ()),
    (208, "timing constant compare_", r"timing[- ]attack|timing[- ]side|constant[- ]time (?:compar|equal|check|verif)\w*|compar\w* (?:\w+ ){0,4}(?:in )?constant[- ]time|compare_digest|timing[- ]safe\w*", ()),
    (532, "password secret token credential", r"(?:log\w*|print\w*|logging) (?:of )?(?:the |any )?(?:password|secret|token|credential)s?|(?:password|secret|token|credential)s? (?:in|to|from) (?:the )?logs?", (200,)),
    (798, "hard", r"hard[- ]?coded (?:password|credential|secret|key|token)s?", ()),
    (384, "session", r"session[- ]fixation", ()),
    (287, "auth", r"auth(?:entication)?[- ]?bypass|bypass\w* (?:of )?(?:the )?authentication", ()),
    (306, "auth logg", r"missing authentication|unauthenticated access|without (?:being )?(?:authenticat\w+|logg\w+ in)", ()),
    (862, "auth permiss access", r"missing (?:authori[sz]ation|permission|access)s?(?: check)?|(?:authori[sz]ation|access control|permission) bypass|without (?:the )?permission|(?:check|require)\w* (?:the )?permissions?", ()),
    (639, "idor direct other", r"(?:delet|read|see|view|edit|chang|access|download|open)\w* (?:\w+ ){0,3}of (?:other|another|different) (?:user|customer|member|account|tenant|people|owner)\w*|(?:other|another) (?:user|customer|member|account|tenant)s?'s? (?:\w+ ){0,2}(?:data|file|record|order|invoice|message|comment|document|account|object)s?|\bidor\b|insecure direct object", (862,)),
    (269, "privilege", r"privilege[- ]escalat\w*", ()),
    (200, "leak disclos expos cookie authori credential header", r"information (?:disclosure|leak\w*|exposure)|info[- ]?leak|leak\w* (?:of |the )*(?:sensitive|private|kernel|credential\w*|cookie\w*|password\w*|authori[sz]ation|token\w*|secret\w*|header\w*)"
          r"|(?:strip|remove|drop|do(?:es)? not|don't|never|no longer) (?:\w+ )?(?:send|forward|pass|leak|expose)?\w* ?(?:the )?(?:`?proxy-)?`?(?:authori[sz]ation|cookies?|credentials?)`? (?:headers? )?(?:\w+ )*(?:redirect|host|origin|domain)"
          r"|(?:cookies?|credentials|authorization)\b.{0,60}\bredirect\w*|(?:sensitive|secure|confidential|private|secret) headers?\b.{0,60}\b(?:redirect\w*|hosts?|origins?|domains?)", ()),
    (434, "upload", r"unrestricted (?:file )?upload|arbitrary file upload", ()),
    (915, "mass", r"mass[- ]assignment", ()),
    (346, "origin rebind host", r"origin (?:check|validation|header)|(?:check|validate|verify)\w* (?:the )?origin|dns[- ]rebind\w*|(?:trusted|untrusted) hosts?", ()),
    (409, "bomb", r"(?:decompression|zip|gzip|compression)[- ]bomb", (400, 770)),
    (770, "limit restrict cap bound exhaust many alloc unlimit", r"(?:limit|restrict|cap|bound)\w* (?:the )?(?:(?:maximum|max|total|overall) )?(?:number|amount|size|length|count|memory)\b|unlimited (?:number|amount|size|memory)|unbounded (?:memory|buffer|queue|number|growth|alloc\w*|read)"
          r"|memory exhaust\w*|exhaust\w* (?:of )?(?:the )?memory|too many (?:parts|headers|fields|parameters|connections)|allocat\w+ (?:of )?(?:too much|excessive|huge|arbitrary)", (400,)),
    (407, "quadratic complexity hash", r"quadratic (?:time|runtime|complexity|behaviou?r|blow)|algorithmic complexity|hash[- ]?(?:collision|flood)\w*", (400,)),
    (400, "dos denial exhaust excessive", r"denial[- ]of[- ]service|\bdos\b|resource exhaustion|excessive (?:cpu|memory|resource|time)\w*", ()),
    (1021, "jack", r"click[- ]?jack\w*", ()),
]  # fmt: skip

# The same for words that only hint.
_REMEDIES: list[tuple[int, str, str, tuple[int, ...]]] = [
    (89, "statement placeholder parameter bind bound", r"prepared statements?|placeholders?|parameteri[sz]\w+|\bb(?:ind|ound)\w*\b", ()),
    (78, "shell quot argument exec", r"\bshell\w*|shlex|execfile\w*|argument (?:list|vector|array)s?|list of arguments", ()),
    (79, "html escap markup", r"\b(?:as|into|in) (?:raw |plain )?html\b|innerhtml|\bunescaped\b|auto-?escap\w*|\bescap(?:e|es|ed|ing)\b", ()),
    (22, "path folder director outside file extract member", r"\boutside\b|\bpaths?\b|file ?names?|extract\w*|archive members?", ()),
    (95, "eval literal", r"\b(?:literal_)?eval\b", ()),
    (502, "pickl yaml serial", r"\w*pickl\w*|\byaml\b|\w*serial[iz]\w*", ()),
    (338, "random secrets token guess predict", r"\brandom\w*|securerandom|\bsecrets\b|\bcsprng\b|\bguess\w*|predict\w*", ()),
    (916, "scrypt bcrypt argon pbkdf", r"\b(?:scrypt|bcrypt|argon2\w*|pbkdf2\w*)\b", (327,)),
    (327, "md5 sha1 sha-1 des rc4 ecb", r"\b(?:md5|sha-?1|des|rc4|ecb)\b", ()),
    (295, "certif tls ssl verif", r"\bcert\w*|\b(?:tls|ssl)\b|\bverif\w*", ()),
    (377, "temp tmp spool", r"\btemp\w*|/tmp\b|mkstemp|symlinks?", ()),
    (601, "redirect", r"\bredirect\w*", ()),
    (611, "xml entit doctype dtd", r"\w*xml\b|\bentit\w+|\bdoctypes?\b|\bdtds?\b", ()),
    (208, "timing constant", r"\btiming\w*|constant[- ]time", ()),
    (352, "csrf forger", r"\bcsrf\w*|forger\w*", ()),
    (732, "permission readable writ mode umask chmod private", r"\b(?:world|group)[- ]?(?:read|writ)\w*|permissions?|\b(?:file )?modes?\b|umask|chmod|readable (?:by|for)", ()),
    (1004, "httponly http-only cookie", r"http[- ]?only|cookie (?:flags?|attributes?)", ()),
    (614, "secure cookie", r"\bsecure (?:flag|attribute|cookies?)|cookies? (?:\w+ ){0,3}secure", ()),
    (120, "printf cpy cat long trunc", r"\w*s?n?printf|str[ln]?c(?:py|at)|too long|\blonger\b|truncat\w*", ()),
    (770, "size large limit huge", r"too (?:large|big)|\bhuge\b|\b(?:body|bodies|request|upload|response)s? (?:size|limit)s?|(?:size|limit) of \w* ?(?:body|bodies|request|upload)s?", ()),
]  # fmt: skip


def _compiled(table: list[tuple[int, str, str, tuple[int, ...]]]) -> list[_Pattern]:
    return [
        (f"CWE-{cwe}", parts.split(), re.compile(pattern), frozenset(f"CWE-{each}" for each in less))
        for cwe, parts, pattern, less in table
    ]


_PATTERNS, _HINTS = _compiled(_WORDS), _compiled(_REMEDIES)


def named_in(line: str) -> tuple[str, ...]:
    """Return the weaknesses that a line names in words, the surest first."""
    return _found(_PATTERNS, line)


def hinted_in(line: str) -> tuple[str, ...]:
    """Return the weaknesses whose remedies a line speaks of; a change has to show which of them it is about."""
    return _found(_HINTS, line)


def _found(patterns: list[_Pattern], line: str) -> tuple[str, ...]:
    text = line.lower()
    found = [
        (cwe, less)
        for cwe, parts, pattern, less in patterns
        if any(part in text for part in parts) and pattern.search(text)
    ]
    less_sure = {cwe for _, less in found for cwe in less}
    return tuple(cwe for cwe, _ in found if cwe not in less_sure)
