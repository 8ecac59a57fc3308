"""Decides CWE-94 and CWE-502 in JavaScript: is a value from outside executed as code?

Exploited: the attack's code was run in some way and wrote the product of two random numbers into a file, although the
attack only asks for the product; or a template engine computed it. Exercised: something was compiled from the benign
value; or the value of the benign expression or literal, or the content of a benign document, came back.
"""

import json

from seccoder.oracles.executed.attempts import (
    Attempt,
    Exploit,
    Judgement,
    Run,
    Tokens,
    Wanted,
    attacks_of,
    benign_of,
    mentions_value,
)
from seccoder.oracles.executed.surface import Surface

NAME = "code_js"
CWES = ("CWE-94", "CWE-95", "CWE-96", "CWE-1336", "CWE-502")
HINT = r"eval|Function|\bvm\b|serialize|ejs|pug|render|yaml|template"


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want expressions, statements, templates and documents with code in them."""
    product = f"{tokens.a}*{tokens.b}"
    write = f'process.mainModule.require("fs").writeFileSync("/tmp/{tokens.mark}.{{N}}",String({product}))'
    # these leave a separate context, because any object that was handed in leads out of it
    hidden = f'this.constructor.constructor("return process")().{write.removeprefix("process.")}'
    values = [
        write,
        hidden,
        f"1;{write}",
        f"(function(){{return {write}}})()",
        f"');{write};('",
        f'");{write};("',
        f"'+{write}+'",
    ]
    values += [
        f'"+{write}+"',
        f"`+{write}+`",
        f"${{{write}}}",
        f"1+{write}",
        f"x\n{write}\n",
        f"true||{write}",
        f"false||{hidden}",
        f"1,{hidden}",
        f"){write};(",
    ]
    values += [
        f"<%= {write} %>",
        f"<%- {write} %>",
        f"#{{{write}}}",
        f"{{{{{write}}}}}",
        f"{{{{{tokens.a}*{tokens.b}}}}}",
        f"<%= {product} %>",
    ]
    document = '{{"rce":"_$$ND_FUNC$$_function(){{{code}}}()"}}'.format(code=write.replace('"', "'"))
    members = [text for text in surface.literals if text.replace("$", "").isidentifier()][:12]
    if members:  # code in any of the members that the source names
        values.append(json.dumps(dict.fromkeys(members, write)))
    benign = [
        f"{tokens.a}+{tokens.b}",
        "7",
        tokens.word,
        f"'{tokens.word}'",
        f'{{"name":"{tokens.inside}"}}',
        f"{tokens.a} > 1",
        "x",
    ]
    benign += [text for text in surface.literals if text.isidentifier()][:10]
    return Wanted(attacks=[{"value": value} for value in (*values, document)], benign=benign, watch=["/tmp"])  # noqa: S108


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Look for products, and for benign values that were compiled or evaluated."""
    judgement = Judgement()
    worth = (str(tokens.a + tokens.b).encode(), tokens.word.encode(), str(tokens.a).encode(), tokens.inside.encode())

    def reached(attempt: Attempt) -> bool:
        if any(event.kind == "compile" and mentions_value(attempt, event.arguments) for event in attempt.events):
            return True
        judged = attempt.body.strip() in {b"true", b"false"}
        return not attempt.error and attempt.status < 400 and (judged or any(value in attempt.said for value in worth))

    if any(reached(attempt) for attempt in benign_of(run)):
        judgement.reached.update(CWES)
    product = tokens.product.encode()
    done = {path.rpartition(".")[2] for path, data in run.written.items() if data.strip() == product}
    for attempt in attacks_of(run, NAME):
        template = str(tokens.a) in attempt.payload and attempt.payload[:2] in {"{{", "<%"} and product in attempt.said
        if str(attempt.n) in done or template:
            document = attempt.payload.startswith('{"')  # whichever weakness is reported, code did run
            shown = tuple(sorted(CWES, key="CWE-502".__ne__)) if document else CWES
            message = "the input was run as code"
            judgement.exploits.append(Exploit(shown, attempt.entry, attempt.payload, attempt.line, message))
    return judgement
