"""Decides CWE-94 and CWE-95 in Python: is a value from outside executed as code?

Exploited: Python or a template engine computed a product of two random numbers. The attack only asks for the product;
it was found in a file that the attack's expression wrote, or in an answer. Exercised: something was compiled from the
benign value, or the value of the benign expression or literal came back.
"""

from seccoder.oracles.executed.attempts import (
    Attempt,
    Exploit,
    Judgement,
    Run,
    Tokens,
    Use,
    Wanted,
    attacks_of,
    benign_of,
)
from seccoder.oracles.executed.surface import Surface

NAME = "code"
CWES = ("CWE-94", "CWE-95", "CWE-96", "CWE-1336")
HINT = ""


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Want expressions, statements and templates."""
    sum_ = f"'%d' % ({tokens.a}*{tokens.b})"
    write = f"open('/tmp/{tokens.mark}.{{N}}','w').write({sum_})"
    # these work without builtins, because any class leads to all others
    class_ = "[c for c in ().__class__.__base__.__subclasses__() if c.__name__=='catch_warnings'][0]"
    hidden = f"{class_}()._module.__builtins__['open']{write.removeprefix('open')}"
    template = f"{tokens.a}*{tokens.b}"
    statements = [f"');{write}#", f"'+str({write})+'", f'"+str({write})+"', f"0);{write}#", f"x\n{write}\n"]
    statements += [f"0{bracket}\n{write}#" for bracket in "])}"]
    expressions = [write, f"__import__('builtins').{write}", hidden, f"{{W}};{write}"]
    templates = [f"{{{{{template}}}}}", f"${{{template}}}"]
    attacks = [{"value": value} for value in (*expressions, *statements, *templates)]
    benign = [f"{tokens.a}+{tokens.b}", "7", tokens.word, f"'{tokens.word}'", f"[{tokens.a}]", "x"]
    benign += [text for text in surface.literals if text.isidentifier()][:10]
    return Wanted(attacks=attacks, benign=benign, watch=["/tmp"])  # noqa: S108 - the box's own


def uses(attempt: Attempt, tokens: Tokens) -> list[Use]:
    """Return the texts that were compiled as code or as a template."""
    return [Use("code", event.line, event.arguments) for event in attempt.events if event.kind == "compile"]


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Look for products, and for benign values that were compiled or evaluated."""
    judgement = Judgement()
    sum_ = str(tokens.a + tokens.b).encode()
    for attempt in benign_of(run):
        compiled = any(
            event.kind == "compile" and any(len(value) > 3 and value in event.arguments for value in attempt.values)
            for event in attempt.events
        )
        worth = (sum_, tokens.word.encode(), str(tokens.a).encode())
        returned = not attempt.error and attempt.status < 400 and any(value in attempt.said for value in worth)
        if compiled or returned:
            judgement.reached.update(CWES)
    product = tokens.product.encode()
    done = {path.rpartition(".")[2] for path, data in run.written.items() if data.strip() == product}
    for attempt in attacks_of(run, NAME):
        if str(attempt.n) in done or product in attempt.said:
            lines = [event.line for event in attempt.events if event.kind == "compile"] or [attempt.line]
            exploit = Exploit(CWES, attempt.entry, attempt.payload, lines[-1], "the input was run as code")
            own = not run.aimed and _is_evaluator(attempt)
            (judgement.open_to_caller if own else judgement.exploits).append(exploit)
    return judgement


_NAMESPACES = frozenset("globals locals namespace ns globs globalns localns global_vars local_vars".split())


def _is_evaluator(attempt: Attempt) -> bool:
    """Say whether a function is what `eval` is: its caller hands on the code as a whole, and the names for it."""
    parameters = {name for name, *_ in attempt.how.get("parameters", ())}
    if not parameters & _NAMESPACES:
        return False
    given = {repr((value,)) for value in attempt.values} | {repr((value.encode(),)) for value in attempt.values}
    return any(event.kind == "compile" and event.arguments in given for event in attempt.events)
