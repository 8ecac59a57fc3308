"""Says in one sentence what mends each family of weaknesses, in words for people and for models alike.

It takes a CWE and returns the remedy of its family (`seccoder.code.cwe`), or "" if there is none that fits all code.
The words are neutral: they say what to do, and nothing of how a weakness is used.
"""

from seccoder.code import cwe

_BY_FAMILY = {
    "path": "Resolve the path, and refuse it unless it lies below the folder that is meant.",
    "link": "Open the file without following links, or check the opened file itself and not its name.",
    "command": "Start the program with a list of arguments and no shell, with -- before what comes from outside.",
    "markup": "Escape the value for the place in the page where it stands, as templates with autoescape do.",
    "sql": "Write the statement as a constant, and bind each value as a parameter; choose names from a fixed list.",
    "ldap": "Escape the value with the library's function for filters before it goes into the filter.",
    "xpath": "Bind the value as a variable of the expression, or escape it as a string of that language.",
    "xml-injection": "Build the document with a library that escapes values, not by joining texts.",
    "crlf": "Refuse line breaks in the value before it goes into a header.",
    "code": "Read the value with a parser for data, such as JSON or literals; never evaluate it.",
    "log": "Replace line breaks in the value before it is logged.",
    "bounds": "Check the length or index against the size of the object before the access, and leave room for the end.",
    "arithmetic": "Check before the operation that the result fits its type, or use a type that is wide enough.",
    "format": "Use a constant as the format, and give the value as an argument of it.",
    "validation": "Check the value against what is allowed before it is used.",
    "exposure": "Leave the secret out of what is written or answered.",
    "discrepancy": "Answer alike, and compare in constant time, whatever the value is.",
    "privilege": "Give up the rights that are not needed, and check that this worked.",
    "unchecked": "Check what the function returns, and handle its failure.",
    "cleartext": "Encrypt the value where it is kept or sent, with a key that is kept elsewhere.",
    "credentials": "Read the secret from the environment or a store, not from the source.",
    "permissions": "Create the file with rights for its owner only, from the first moment.",
    "authorization": "Check that this user may do this to this object, before it is done.",
    "authentication": "Require that the user is known before the function is used.",
    "certificate": "Leave the check of certificate and host name switched on; add an authority if one is missing.",
    "crypto": "Use an algorithm, mode, key length and salt that are recommended today, by a library's own defaults.",
    "random": "Draw the value with the system's generator for secrets (secrets, crypto.randomBytes, getrandom).",
    "authenticity": "Verify the signature with a fixed algorithm and key before the content is believed.",
    "csrf": "Require a token of the session in every request that changes something.",
    "race": "Do the check and the use in one step, on the same opened object.",
    "division": "Check that the divisor is not zero before the division.",
    "temporary": "Create temporary files with mkstemp or the library's function, not under a name of your own.",
    "session": "Give the session a new identity after the user signed in, and an end.",
    "consumption": "Set a limit to size, depth, time or number before the work begins.",
    "release": "Release the resource on every way out of the function.",
    "lifetime": "Release each object once, and do not use it, or a pointer to it, afterwards.",
    "upload": "Accept only the types that are meant, and store the file under a name and in a place that runs nothing.",
    "uninitialised": "Set the value on every way that leads to its use.",
    "null": "Check the pointer before it is used, above all what an allocation or a search returns.",
    "deserialisation": "Read data in a format that holds no objects, such as JSON, or with the library's safe loader.",
    "redirect": "Redirect to paths of this site only, or to hosts of a fixed list.",
    "xml-entity": "Switch off external entities and document types in the parser, or use one that has none.",
    "cookie": "Set Secure, HttpOnly and SameSite on the cookie.",
    "attributes": "Copy only the fields that are meant, from a fixed list of names.",
    "ssrf": "Take the host from a fixed list, and refuse addresses inside, after the name was resolved.",
    "cross-domain": "Name the origins that are allowed, instead of all.",
    "formula": "Put a quote before values that begin with =, +, - or @.",
    "dangerous-function": "Use the variant of the function that is told the size.",
}


def remedy(spelling: str | None) -> str:
    """Return what mends a weakness, in one sentence, or "" if nothing is known."""
    return _BY_FAMILY.get(cwe.get(spelling).family, "") if spelling else ""
