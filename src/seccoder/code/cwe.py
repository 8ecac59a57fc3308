"""Holds the table of CWEs: the name, the parents, the family and the place in the Top 25 of each.

A CWE is read in any spelling (`cwe-022`, `CWE-22`, `22`, `external/cwe/cwe-022`) and is written in one, `CWE-22`. The
table holds every CWE that SVEN, SafeCoder, the paper's Figure 8, the Top 25 of 2025, our own demonstrations or our own
benchmark name, and the siblings that analysers report for them.

A *family* is the set of weaknesses an oracle may report for one another: an analyser says CWE-121 where a benchmark
says CWE-787, and both mean "writes outside the buffer". The families are ours and were made for scoring. The parents
are those of the CWE research view (CWE-1000), from the Common Weakness Enumeration of The MITRE Corporation. The table
is not a copy of the CWE: a number that is not in it is legal everywhere and is its own family.
"""

import re
from dataclasses import dataclass

from seccoder.errors import UsageError


@dataclass(frozen=True, slots=True)
class Cwe:
    """One weakness. `parents` are numbers in the research view; `rank` is its place in the Top 25 of 2025, or None."""

    number: int
    name: str
    parents: tuple[int, ...]
    family: str
    rank: int | None = None

    @property
    def id(self) -> str:
        """The one spelling, such as `CWE-22`."""
        return f"CWE-{self.number}"


# The order of the list of 2025, first to last.
_TOP_25 = [79, 89, 352, 862, 787, 22, 416, 125, 78, 94, 120, 434, 476, 121, 502, 122, 863, 20, 284, 200, 306, 918, 77]
_TOP_25 += [639, 770]

# number: (name, parents, family)
_TABLE: dict[int, tuple[str, tuple[int, ...], str]] = {
    17: ("Code (category)", (), "category-17"),
    18: ("Source Code (category)", (), "category-18"),
    19: ("Data Processing Errors (category)", (), "category-19"),
    20: ("Improper Input Validation", (707,), "validation"),
    22: ("Path Traversal", (706, 668), "path"),
    23: ("Relative Path Traversal", (22,), "path"),
    35: ("Path Traversal: '.../...//'", (23,), "path"),
    36: ("Absolute Path Traversal", (22,), "path"),
    59: ("Link Following", (706,), "link"),
    61: ("UNIX Symbolic Link Following", (59,), "link"),
    73: ("External Control of File Name or Path", (642, 610), "path"),
    77: ("Command Injection", (74,), "command"),
    78: ("OS Command Injection", (77,), "command"),
    79: ("Cross-site Scripting", (74,), "markup"),
    80: ("Basic XSS", (79,), "markup"),
    88: ("Argument Injection", (77,), "command"),
    89: ("SQL Injection", (943,), "sql"),
    90: ("LDAP Injection", (943,), "ldap"),
    91: ("XML Injection", (74,), "xml-injection"),
    93: ("CRLF Injection", (74,), "crlf"),
    94: ("Code Injection", (74, 913), "code"),
    95: ("Eval Injection", (94,), "code"),
    96: ("Static Code Injection", (94,), "code"),
    113: ("HTTP Response Splitting", (93, 436), "crlf"),
    116: ("Improper Encoding or Escaping of Output", (707,), "markup"),
    117: ("Improper Output Neutralization for Logs", (116,), "log"),
    119: ("Improper Restriction of Operations within the Bounds of a Memory Buffer", (118,), "bounds"),
    120: ("Classic Buffer Overflow", (787, 119), "bounds"),
    121: ("Stack-based Buffer Overflow", (788, 787), "bounds"),
    122: ("Heap-based Buffer Overflow", (788, 787), "bounds"),
    124: ("Buffer Underwrite", (786, 787), "bounds"),
    125: ("Out-of-bounds Read", (119,), "bounds"),
    126: ("Buffer Over-read", (788, 125), "bounds"),
    127: ("Buffer Under-read", (786, 125), "bounds"),
    128: ("Wrap-around Error", (682,), "arithmetic"),
    129: ("Improper Validation of Array Index", (1285,), "bounds"),
    131: ("Incorrect Calculation of Buffer Size", (682,), "bounds"),
    134: ("Use of Externally-Controlled Format String", (668,), "format"),
    170: ("Improper Null Termination", (707,), "bounds"),
    180: ("Incorrect Behavior Order: Validate Before Canonicalize", (179,), "validation"),
    189: ("Numeric Errors (category)", (), "category-189"),
    190: ("Integer Overflow or Wraparound", (682,), "arithmetic"),
    191: ("Integer Underflow", (682,), "arithmetic"),
    193: ("Off-by-one Error", (682,), "bounds"),
    195: ("Signed to Unsigned Conversion Error", (681,), "arithmetic"),
    197: ("Numeric Truncation Error", (681,), "arithmetic"),
    200: ("Exposure of Sensitive Information to an Unauthorized Actor", (668,), "exposure"),
    204: ("Observable Response Discrepancy", (203,), "discrepancy"),
    208: ("Observable Timing Discrepancy", (203,), "discrepancy"),
    209: ("Generation of Error Message Containing Sensitive Information", (200, 755), "exposure"),
    213: ("Exposure of Sensitive Information Due to Incompatible Policies", (200,), "exposure"),
    215: ("Insertion of Sensitive Information Into Debugging Code", (200,), "exposure"),
    250: ("Execution with Unnecessary Privileges", (269, 657), "privilege"),
    252: ("Unchecked Return Value", (754,), "unchecked"),
    253: ("Incorrect Check of Function Return Value", (573, 754), "unchecked"),
    254: ("Security Features (category)", (), "category-254"),
    255: ("Credentials Management Errors (category)", (), "category-255"),
    256: ("Plaintext Storage of a Password", (522,), "cleartext"),
    259: ("Use of Hard-coded Password", (798,), "credentials"),
    264: ("Permissions, Privileges, and Access Controls (category)", (), "category-264"),
    269: ("Improper Privilege Management", (284,), "privilege"),
    273: ("Improper Check for Dropped Privileges", (754, 271), "privilege"),
    276: ("Incorrect Default Permissions", (732,), "permissions"),
    281: ("Improper Preservation of Permissions", (732,), "permissions"),
    284: ("Improper Access Control", (), "authorization"),
    285: ("Improper Authorization", (284,), "authorization"),
    287: ("Improper Authentication", (284,), "authentication"),
    295: ("Improper Certificate Validation", (287,), "certificate"),
    297: ("Improper Validation of Certificate with Host Mismatch", (923, 295), "certificate"),
    306: ("Missing Authentication for Critical Function", (287,), "authentication"),
    307: ("Improper Restriction of Excessive Authentication Attempts", (799, 1390), "attempts"),
    310: ("Cryptographic Issues (category)", (), "category-310"),
    312: ("Cleartext Storage of Sensitive Information", (311, 922), "cleartext"),
    319: ("Cleartext Transmission of Sensitive Information", (311,), "cleartext"),
    321: ("Use of Hard-coded Cryptographic Key", (798,), "credentials"),
    323: ("Reusing a Nonce, Key Pair in Encryption", (344,), "crypto"),
    326: ("Inadequate Encryption Strength", (693,), "crypto"),
    327: ("Use of a Broken or Risky Cryptographic Algorithm", (693,), "crypto"),
    328: ("Use of Weak Hash", (326, 327), "crypto"),
    329: ("Generation of Predictable IV with CBC Mode", (573, 1204), "crypto"),
    330: ("Use of Insufficiently Random Values", (693,), "random"),
    331: ("Insufficient Entropy", (330,), "random"),
    335: ("Incorrect Usage of Seeds in Pseudo-Random Number Generator (PRNG)", (330,), "random"),
    338: ("Use of Cryptographically Weak Pseudo-Random Number Generator", (330,), "random"),
    340: ("Generation of Predictable Numbers or Identifiers", (330,), "random"),
    345: ("Insufficient Verification of Data Authenticity", (693,), "authenticity"),
    346: ("Origin Validation Error", (345, 284), "authenticity"),
    347: ("Improper Verification of Cryptographic Signature", (345,), "authenticity"),
    352: ("Cross-Site Request Forgery", (345,), "csrf"),
    358: ("Improperly Implemented Security Check for Standard", (573, 693), "standard"),
    362: ("Race Condition", (691,), "race"),
    367: ("Time-of-check Time-of-use Race Condition", (362,), "race"),
    369: ("Divide By Zero", (682,), "division"),
    377: ("Insecure Temporary File", (668,), "temporary"),
    379: ("Creation of Temporary File in Directory with Insecure Permissions", (377,), "temporary"),
    384: ("Session Fixation", (610,), "session"),
    399: ("Resource Management Errors (category)", (), "category-399"),
    400: ("Uncontrolled Resource Consumption", (664,), "consumption"),
    401: ("Missing Release of Memory after Effective Lifetime", (772,), "release"),
    404: ("Improper Resource Shutdown or Release", (664,), "release"),
    409: ("Improper Handling of Highly Compressed Data", (405,), "consumption"),
    415: ("Double Free", (825, 1341), "lifetime"),
    416: ("Use After Free", (825,), "lifetime"),
    434: ("Unrestricted Upload of File with Dangerous Type", (669,), "upload"),
    457: ("Use of Uninitialized Variable", (908,), "uninitialised"),
    470: ("Unsafe Reflection", (913, 610), "code"),
    476: ("NULL Pointer Dereference", (710, 754), "null"),
    502: ("Deserialization of Untrusted Data", (913,), "deserialisation"),
    532: ("Insertion of Sensitive Information into Log File", (538,), "exposure"),
    562: ("Return of Stack Variable Address", (758,), "lifetime"),
    564: ("SQL Injection: Hibernate", (89,), "sql"),
    590: ("Free of Memory not on the Heap", (762,), "lifetime"),
    599: ("Missing Validation of OpenSSL Certificate", (295,), "certificate"),
    601: ("Open Redirect", (610,), "redirect"),
    611: ("Improper Restriction of XML External Entity Reference", (610,), "xml-entity"),
    613: ("Insufficient Session Expiration", (672,), "session"),
    614: ("Sensitive Cookie in HTTPS Session Without 'Secure' Attribute", (319,), "cookie"),
    617: ("Reachable Assertion", (670,), "assertion"),
    639: ("Authorization Bypass Through User-Controlled Key", (863,), "authorization"),
    643: ("XPath Injection", (943, 91), "xpath"),
    665: ("Improper Initialization", (664,), "uninitialised"),
    674: ("Uncontrolled Recursion", (834,), "consumption"),
    676: ("Use of Potentially Dangerous Function", (1177,), "dangerous-function"),
    680: ("Integer Overflow to Buffer Overflow", (190,), "arithmetic"),
    681: ("Incorrect Conversion between Numeric Types", (704,), "arithmetic"),
    690: ("Unchecked Return Value to NULL Pointer Dereference", (252, 476), "null"),
    704: ("Incorrect Type Conversion or Cast", (664,), "conversion"),
    730: ("Denial of Service (category)", (), "consumption"),
    732: ("Incorrect Permission Assignment for Critical Resource", (285, 668), "permissions"),
    754: ("Improper Check for Unusual or Exceptional Conditions", (703,), "unchecked"),
    759: ("Use of a One-Way Hash without a Salt", (916,), "crypto"),
    760: ("Use of a One-Way Hash with a Predictable Salt", (916,), "crypto"),
    770: ("Allocation of Resources Without Limits or Throttling", (400, 665), "consumption"),
    772: ("Missing Release of Resource after Effective Lifetime", (404,), "release"),
    776: ("XML Entity Expansion", (405, 674), "xml-entity"),
    777: ("Regular Expression without Anchors", (625,), "regular-expression"),
    786: ("Access of Memory Location Before Start of Buffer", (119,), "bounds"),
    787: ("Out-of-bounds Write", (119,), "bounds"),
    788: ("Access of Memory Location After End of Buffer", (119,), "bounds"),
    789: ("Memory Allocation with Excessive Size Value", (770, 1284), "consumption"),
    798: ("Use of Hard-coded Credentials", (1391, 344), "credentials"),
    805: ("Buffer Access with Incorrect Length Value", (119,), "bounds"),
    823: ("Use of Out-of-range Pointer Offset", (119,), "bounds"),
    824: ("Access of Uninitialized Pointer", (119,), "uninitialised"),
    825: ("Expired Pointer Dereference", (119, 672), "lifetime"),
    827: ("Improper Control of Document Type Definition", (706, 829), "xml-entity"),
    834: ("Excessive Iteration", (691,), "consumption"),
    835: ("Infinite Loop", (834,), "consumption"),
    843: ("Type Confusion", (704,), "conversion"),
    862: ("Missing Authorization", (285,), "authorization"),
    863: ("Incorrect Authorization", (285,), "authorization"),
    908: ("Use of Uninitialized Resource", (665,), "uninitialised"),
    915: ("Improperly Controlled Modification of Dynamically-Determined Object Attributes", (913,), "attributes"),
    916: ("Use of Password Hash With Insufficient Computational Effort", (328,), "crypto"),
    918: ("Server-Side Request Forgery", (441,), "ssrf"),
    942: ("Permissive Cross-domain Policy with Untrusted Domains", (183, 923), "cross-domain"),
    943: ("Improper Neutralization of Special Elements in Data Query Logic", (74,), "sql"),
    1004: ("Sensitive Cookie Without 'HttpOnly' Flag", (732,), "cookie"),
    1236: ("Improper Neutralization of Formula Elements in a CSV File", (74,), "formula"),
    1321: ("Prototype Pollution", (915,), "attributes"),
    1333: ("Inefficient Regular Expression Complexity", (407,), "consumption"),
    1336: ("Server-Side Template Injection", (94,), "code"),
}

_SPELLING = re.compile(r"(?:.*/)?(?:cwe[-_ ]?)?0*(\d{1,5})", re.IGNORECASE)


def normalise(spelling: str | int) -> str:
    """Return the one spelling of a CWE, such as `CWE-22` for `cwe-022`.

    Raises:
        UsageError: If it is not a CWE number in any spelling.
    """
    match = _SPELLING.fullmatch(str(spelling).strip())
    if match is None or int(match[1]) == 0:
        raise UsageError(f"not a CWE: {str(spelling)[:40]!r}; write it like CWE-22")
    return f"CWE-{int(match[1])}"


def get(spelling: str | int) -> Cwe:
    """Return what is known of a CWE. A CWE that is not in the table has no name and is its own family.

    Raises:
        UsageError: If it is not a CWE number in any spelling.
    """
    number = int(normalise(spelling)[4:])
    name, parents, family = _TABLE.get(number, ("", (), f"cwe-{number}"))
    return Cwe(number, name, parents, family, _TOP_25.index(number) + 1 if number in _TOP_25 else None)


def same_family(one: str | int, other: str | int) -> bool:
    """Return whether a finding for one CWE counts for the other."""
    return get(one).family == get(other).family


def descendants(spelling: str | int) -> set[str]:
    """Return a weakness and every kind of it that the table knows, by the parents of the research view."""
    found = {get(spelling).number}
    while more := {n for n, (_, parents, _) in _TABLE.items() if n not in found and found.intersection(parents)}:
        found |= more
    return {f"CWE-{number}" for number in found}


def table() -> list[Cwe]:
    """Return every CWE of the table, by number."""
    return [get(number) for number in sorted(_TABLE)]


def top25() -> list[Cwe]:
    """Return the CWE Top 25 of 2025, in its order."""
    return [get(number) for number in _TOP_25]
