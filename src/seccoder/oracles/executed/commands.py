"""CWE-78 and its family in Python: does a value from outside reach a shell, or choose the program?

Exploited: a shell computed a product of two random numbers that the attack only asks for, and wrote it into a file. To
echo, store or pass on the attack is not enough. Exercised: a program was started, and the benign value is in its
arguments. Option injection (CWE-88 with harmless shells) is not tried.
"""

from seccoder.oracles.executed.discover import Surface
from seccoder.oracles.executed.drive import Exploit, Judgement, Run, Tokens, Wanted, attacks_of, benign_of

CWES = ("CWE-78", "CWE-77")
_STARTS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn")
_SHAPES = (
    "{W};{P}", "{W}|{P}", "{W}&{P}", "{W}\n{P}", "$({P})", "`{P}`", "{W}$({P})", "{W}';{P};'", '{W}";{P};"',
    '{W}");{P};("', ";{P}", "{W};{P}#", "{W}&&{P}", "x||{P}", "127.0.0.1;{P}", "/tmp;{P}", "1;{P}",  # noqa: S108
    "sh -c '{P}'", "{W}.txt;{P}", "http://{W};{P}", "https://{W}$({P})", "{W} -e$({P})",
)  # fmt: skip


def want(surface: Surface, tokens: Tokens) -> Wanted:
    """Values that end a word, a quotation or a command in each way a shell knows."""
    sum_ = f"echo $(({tokens.a}*{tokens.b}))>/tmp/{tokens.mark}.{{N}}"
    tight = sum_.replace(" ", "${IFS}")
    attacks = [{"value": shape.replace("{P}", sum_)} for shape in _SHAPES]
    attacks += [{"value": shape.replace("{P}", tight)} for shape in (";{P};", "{W}|{P}", "$({P})", "{W}&{P}")]
    benign = [tokens.word, "127.0.0.1", "/tmp", ".", f"http://{tokens.word}.example.com", "7"]  # noqa: S108
    benign += [text for text in surface.literals if 0 < len(text) < 30 and text.isprintable()][:15]
    return Wanted(attacks=attacks, benign=benign, watch=["/tmp"])  # noqa: S108 - the box's own


def judge(run: Run, tokens: Tokens) -> Judgement:
    """Look for products that only a shell can have computed, and for programs started with a benign value."""
    judgement = Judgement()
    for attempt in benign_of(run):
        for event in attempt.events:
            if event.kind in _STARTS and any(value and value in event.arguments for value in attempt.values):
                judgement.exercised = True
    done = {path.rpartition(".")[2] for path, data in run.written.items() if data.strip() == tokens.product.encode()}
    for attempt in attacks_of(run, "commands"):
        if str(attempt.n) in done:
            lines = [event.line for event in attempt.events if event.kind in _STARTS]
            judgement.exercised = True
            judgement.exploits.append(
                Exploit(
                    "CWE-78",
                    attempt.entry,
                    attempt.payload,
                    (lines or [None])[-1],
                    "a shell ran a command from the input",
                )
            )
    return judgement
