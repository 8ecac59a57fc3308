r"""Decides which examples a request gets, and where; it decides the same whenever the same conversation comes again.

Turn by turn: does the user ask for code (`seccoder.serving.intent`), in which language, and does the secure codebase
have an example for it that scores above the threshold? Then it goes before the user's words of that turn. Whatever is
decided for a turn follows from what stands before it, so a later request with the same beginning gets the same text in
the same place, and what a server has cached stays cached. A later turn gets an example of its own only if none that is
there is among the best for it, if it says enough to be searched with, and if the budget has room.

The query of a turn is the user's words, and the newest code in the conversation: a block in the message, a file that
was pasted earlier, the result of a tool. The language is the one that the words name, or else that of the files they
name, of the message's blocks, of its surroundings, of the newest code. An unknown language, or one without
demonstrations, gets nothing. If the language first becomes known by what the agent reads afterwards, the example comes
then, before the same words.

Code that is being typed changes with every key, so only what stands still is searched with: up to the last line that
begins a definition, and then in steps of `STEP` lines.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from seccoder.code import recognise
from seccoder.code.languages import FACTS, family
from seccoder.code.tokens import stemmed_words
from seccoder.prompts.integrate import insert
from seccoder.serving import conversation as reading
from seccoder.serving import intent
from seccoder.serving.conversation import Block, Conversation, Said, Understood
from seccoder.types import Hit, Query

Find = Callable[[Query, int], Sequence[Hit]]

LOOKED_AT = 100  # hits, among which one in the very language is looked for
AMONG = 5  # an example stays while it is among so many best ones
TELLING = 5  # words that a later turn needs to be searched with
WORDS = 2_000  # characters of words that are searched with
CODE = 2_400  # characters of code that are searched with
STEP = 8  # lines that are typed before unfinished code is looked at again
_FRAME = 420  # characters around an example
_PER_TOKEN = 3.5  # characters of an example, by an estimate for code


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for all requests of a server.

    Attributes:
        find: Finds demonstrations, best first: all that there are up to a number.
        threshold: The score below which a demonstration is not shown.
        k: How many demonstrations a turn gets.
        budget: How many tokens may be added to a request.
        language: Canonical name of the language of all requests; None means the one that each shows.
    """

    find: Find
    threshold: float
    k: int = 1
    budget: int = 600
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """Examples and where they go.

    Attributes:
        place: Of the message, as its dialect counts.
        text: What goes before the message's words; for code to be continued, the code with the example in it.
        hits: The examples.
        tokens: How many tokens that adds, by an estimate.
    """

    place: int
    text: str
    hits: tuple[Hit, ...]
    tokens: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What a request gets.

    Attributes:
        placed: The examples, in the order of the conversation.
        why_none: Why there are none; "" if there are some.
        language: Of the last turn, whether or not there are demonstrations in it.
        query: What was searched with for the last turn; empty if nothing was.
    """

    placed: tuple[Placed, ...] = ()
    why_none: str = ""
    language: str | None = None
    query: Query = field(default_factory=Query)

    @property
    def hits(self) -> tuple[Hit, ...]:
        """All examples."""
        return tuple(hit for each in self.placed for hit in each.hits)

    @property
    def tokens(self) -> int:
        """How many tokens they add, by an estimate."""
        return sum(each.tokens for each in self.placed)


@dataclass(slots=True)
class _State:
    """What is known after a part of a conversation."""

    blocks: list[Block] = field(default_factory=list)
    files: list[str] = field(default_factory=list)  # languages of files that calls and surroundings named
    language: str | None = None  # of the last turn that had one
    words: str = ""  # of the last turn
    placed: list[Placed] = field(default_factory=list)
    # The last turn: its message, why it got nothing, and whether what comes after it can change that.
    turn: tuple[Said, Understood] | None = None
    why: str = "no words of the user"
    waits: bool = False
    query: Query = field(default_factory=Query)


def decide(conversation: Conversation, rules: Rules) -> Decision:
    """Decide about a conversation.

    Args:
        conversation: What a dialect read.
        rules: What holds for all requests.
    """
    if conversation.most is not None and conversation.most <= intent.FEW:
        return Decision(why_none=f"the answer may have {conversation.most} tokens only")
    system = "\n".join(each.text for each in conversation.said if each.role == "system")
    users = [each.text for each in conversation.said if each.role == "user"]
    if users and intent.housekeeping(system, reading.understand(users[-1]).words, edits=conversation.edits):
        return Decision(why_none="the program asks for itself: a title, a summary or the like")
    state = _State()
    for said in conversation.said:
        if said.role == "user":
            _hear_user(said, state, conversation, rules)
        elif said.role != "system":
            _hear_other(said, state, conversation, rules)
    if state.placed:
        return Decision(tuple(state.placed), "", state.language, state.query)
    return Decision((), state.why, state.language, state.query)


def _hear_user(said: Said, state: _State, conversation: Conversation, rules: Rules) -> None:
    if reading.STARTS_OVER.match(said.text):
        state.blocks, state.files, state.language, state.placed, state.turn = [], [], None, [], None
        return
    understood = reading.understand(said.text)
    state.files += understood.around
    if not understood.words:
        state.blocks += understood.blocks
        return
    state.turn = (said, understood)
    _settle(state, conversation, rules)
    state.blocks += understood.blocks
    state.files += understood.files


def _hear_other(said: Said, state: _State, conversation: Conversation, rules: Rules) -> None:
    if said.role == "tool":
        block = reading.block_of_result(said.call, said.text)
        if block:
            state.blocks.append(block)
    else:
        state.blocks += [block for block in reading.understand(said.text).blocks if block.language]
        state.files += reading.languages_of_call(said.call)
    if state.waits:
        _settle(state, conversation, rules)


def _settle(state: _State, conversation: Conversation, rules: Rules) -> None:
    """Decide about the last turn with what is known now."""
    if state.turn is None:
        return
    said, understood = state.turn
    state.waits, state.query = False, Query()
    language = rules.language or conversation.language or _language(understood, state)
    state.language = language or state.language
    state.why = intent.why_not(understood, edits=conversation.edits)
    if state.why:
        state.words = understood.words
        return
    if language is None:
        state.why, state.waits = "language unknown", True
        return
    if language not in FACTS:
        state.why = f"there are no examples in {language}"
        return
    few = len(set(stemmed_words(understood.words))) < TELLING
    if state.placed and few:
        return
    words = f"{state.words}\n{understood.words}".strip() if few else understood.words
    state.words = understood.words
    state.query = Query(_code(understood, state, language, words), language, words[-WORDS:])
    hits = _found(state.query, rules)
    if not hits:
        state.why = "nothing in the secure codebase fits"
        return
    there = [hit.demonstration for each in state.placed for hit in each.hits]
    if any(hit.demonstration in there and hit.score * 2 >= hits[0].score for hit in hits[:AMONG]):
        return
    used = sum(each.tokens for each in state.placed)
    placed = _place(said.place, hits[: rules.k], rules.budget - used)
    if placed is None:
        state.why = f"no example fits into {rules.budget - used} of {rules.budget} tokens"
        return
    state.placed.append(placed)


def _found(query: Query, rules: Rules) -> list[Hit]:
    """Return the hits above the threshold, best first; one in the very language goes before those of its family.

    The retriever takes C for C++ and JavaScript for TypeScript. Where an example in the language itself is about a
    weakness of the best one and scores at least half as much, it is the better one to show.
    """
    found = rules.find(query, max(LOOKED_AT, rules.k))
    hits = [hit for hit in found if hit.score >= rules.threshold]
    if hits and hits[0].demonstration.language != query.language:
        best = hits[0]
        own = [
            hit
            for hit in found
            if hit.demonstration.language == query.language
            and set(hit.demonstration.cwes) & set(best.demonstration.cwes)
            and hit.score * 2 >= best.score
        ]
        if own:
            first = max(own, key=lambda hit: hit.score)
            hits = [first, *(hit for hit in hits if hit is not first)]
    return hits


def _place(place: int, hits: Sequence[Hit], tokens: int) -> Placed | None:
    """Make the text of examples within a number of tokens; None if none of them fits."""
    room = int(tokens * _PER_TOKEN) - _FRAME
    made = insert("", hits, threshold=-math.inf, language=None, chat=True, room=room)
    if not made.hits:
        return None
    text = made.text.rstrip()
    return Placed(place, text, made.hits, math.ceil(len(text) / _PER_TOKEN))


def _language(understood: Understood, state: _State) -> str | None:
    """Say which language a turn is about. Evidence that names several is looked at again with the next kind."""
    named = recognise.in_words(understood.words)
    if len(named) == 1:
        return named[0]
    tagged = [block.language for block in understood.blocks if block.language]
    kinds: list[Sequence[str]] = [understood.files, tagged]
    kinds.append([name for block in understood.blocks if (name := recognise.of_code(block.code))])
    kinds.append([block.language for block in state.blocks[-1:] if block.language])
    kinds.append(understood.around)
    kinds.append([state.language] if state.language else [])
    kinds.append([block.language for block in state.blocks[-6:] if block.language])
    kinds.append(state.files[-12:])
    if not understood.blocks and len(understood.words) > 80:
        kinds.append([name for name in [recognise.of_code(understood.words)] if name])
    for kind in kinds:
        among = [name for name in kind if not named or name in named]
        if name := recognise.one(among):
            return name
    return None


def _code(understood: Understood, state: _State, language: str, words: str) -> str:
    """Return the newest code of the conversation in a language of the family, and of it what the words speak of."""
    for block in reversed([*state.blocks[-6:], *understood.blocks]):
        known = block.language or recognise.of_code(block.code)
        if known and family(known) == family(language) and block.code.strip():
            return relevant(block.code, words)
    return ""


def relevant(code: str, words: str) -> str:
    """Return at most `CODE` characters of code: the parts that share most with the words, in their order."""
    if len(code) <= CODE:
        return code
    asked = set(stemmed_words(words))
    parts = re.split(r"\n(?=[ \t]*\n?[^\s)}\]])", code)
    parts = [part[i : i + CODE] for part in parts for i in range(0, len(part), CODE)]
    ranked = sorted(range(len(parts)), key=lambda i: (-len(asked & set(stemmed_words(parts[i]))), -i))
    kept: list[int] = []
    room = CODE
    for i in ranked:
        if len(parts[i]) < room:
            kept.append(i)
            room -= len(parts[i]) + 1
    return "\n".join(parts[i] for i in sorted(kept)) or code[-CODE:]


# --- code that is being typed -----------------------------------------------------------------------------------------

_OPENS = re.compile(
    r"""^[ \t]*(?:(?:export|default|async|public|private|protected|static|final|inline|virtual|template.*>)[ \t]+)*
        (?:def|class|func|function|interface|struct|impl|namespace)\b
      | ^[ \t]*(?:[\w<>\[\],.*&:~]+[ \t]+)+[*&]*[\w:~]+\([^;]*\)[^;]*\{?[ \t]*$
      | ^[ \t]*(?:export[ \t]+)?const[ \t]+\w+[ \t]*=[ \t]*(?:async[ \t]*)?\(?[^;]*=>[ \t]*\{[ \t]*$
      | ^[\w.]+\.(?:get|post|put|delete|use|on|route)\(.*$
      | ^[ \t]*@\w+""",
    re.VERBOSE,
)
_CONTROL = re.compile(r"^[ \t]*(?:if|for|while|switch|else|return|catch|try|with|elif|do)\b")
_REMARK = re.compile(r"^[ \t]*(?:\#|//|/?\*|\"\"\"|''')")


def continued(before: str, language: str | None, rules: Rules, *, path: str = "") -> Decision:
    """Decide about code that is to be continued. The text of what is placed is the code with the example in it.

    Args:
        before: The code before the cursor.
        language: The language that the request names.
        rules: What holds for all requests.
        path: Name of the file, if the request says it.
    """
    if not before.strip():
        return Decision(why_none="there is no code before the cursor")
    known = rules.language or language or recognise.one(recognise.in_paths(path))
    known = known or recognise.one(recognise.in_paths(before[:200].split("\n", 1)[0]))
    known = known or recognise.of_code(before[:1_500])
    if known is None:
        return Decision(why_none="language unknown: start the server with --language")
    if known not in FACTS:
        return Decision(why_none=f"there are no examples in {known}", language=known)
    query = Query(settled(before)[-CODE:], known)
    if not query.code.strip():
        return Decision(why_none="there is no code before the cursor", language=known)
    hits = _found(query, rules)
    if not hits:
        return Decision(why_none="nothing in the secure codebase fits", language=known, query=query)
    room = int(rules.budget * _PER_TOKEN)
    made = insert(before, hits[: rules.k], threshold=-math.inf, language=known, chat=False, room=room)
    if not made.hits:
        return Decision(why_none=f"no example fits into {rules.budget} tokens", language=known, query=query)
    tokens = math.ceil((len(made.text) - len(before)) / _PER_TOKEN)
    return Decision((Placed(0, made.text, made.hits, tokens),), "", known, query)


def settled(code: str) -> str:
    """Return what of unfinished code stays the same while a few lines more are typed."""
    lines = code.split("\n")[:-1]  # the last one is being typed
    if not lines:
        return code
    opens = next((i for i in range(len(lines) - 1, -1, -1) if _is_header(lines[i])), -1)
    told = opens + 1
    while told < len(lines) and _REMARK.match(lines[told]):
        told += 1
    return "\n".join(lines[: told + (len(lines) - told) // STEP * STEP]) or code


def _is_header(line: str) -> bool:
    return len(line) < 300 and not _CONTROL.match(line) and bool(_OPENS.match(line))
