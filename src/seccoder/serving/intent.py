r"""Decides whether a message asks for code to be written, because only then an example is of any use.

It reads the user's own words (`seccoder.serving.conversation` finds them) and says why no code is asked for, or "" if
some is. A sentence asks for code if it tells somebody to do something ("write", "add", "fix", "could you change") or
says what has to be ("users must be able to"), and speaks of something that is made of code ("a function", "the
endpoint") or stands in a place of code (a fence, a name of a file or a function, a language, tools that edit files).
Questions ask for code if they ask how to do something there. Everything else is conversation: most messages are.

A program's own requests (a title for the chat, a summary, a commit message, follow-up questions) are recognised by what
they ask for, in a short system text or at the beginning of the user's, and get nothing.

Not guaranteed: that every request is understood, above all if it is not in English. Silence is the cheaper mistake.
"""

import re

from seccoder.code import recognise
from seccoder.serving.conversation import Understood

SHORT = 3_000  # characters of a system text that is a single instruction; an agent's own is longer
OBJECT = 28  # characters after a verb in which its object begins
FEW = 16  # tokens; a request for fewer is a probe


def _any(words: str) -> str:
    """Return a pattern for any of these words; an underscore stands for a space."""
    return "(?:" + "|".join(word.replace("_", "[ ]") for word in words.split()) + ")"


# --- what is no request for code --------------------------------------------------------------------------------------

_DO_NOT = r"(?:do not|don['’]?t) "
_NO_CODE = re.compile(
    rf"\b(?:no|without(?: any)?|skip the|not (?:asking|looking) for(?: any)?"
    rf"|{_DO_NOT}{_any('write show give include send want need produce add change edit touch modify')}"
    r"(?: me| us)?(?: any| the| actual| more)*) +(?:source +)?code\b"
    rf"(?! +{_any('in outside of that which around above below elsewhere comments? duplicat[a-z]+ style smells?')}\b)"
    rf"|\b(?:just|only) +{_any('explain answer discuss talk describe tell_me an?_(?:explanation|overview|plan)')}\b"
    r"|\b(?:explain|describe)[^.\n]{0,60}\b(?:in prose|in plain (?:English|words)|in words)\b"
    rf"|\b{_DO_NOT}(?:change|edit|modify|touch|write) (?:anything|any files?)\b(?! (?:else|outside|other))"
    r"|\bno (?:edits|changes) (?:yet|please|needed|for now)\b",
    re.IGNORECASE,
)
_TALK = _any("chat conversation thread session message discussion request history following exchange")
_HOUSEKEEPING = re.compile(
    # A title, a name, tags.
    r"\b(?:generat|writ|creat|provid|giv|suggest|extract|reply|respond|produc|output|com(?:e|ing) up)\w*\b[^.\n]{0,80}"
    rf"\b{_any('title headline tags? emoji chat_name topic')}\b[^.\n]{{0,100}}\b{_TALK}"
    r"|\btitle generator\b|\bisNewTopic\b|\bword title\b|\bthread title\b"
    r"|\b(?:conversation|chat|thread|session)\b[^.\n]{0,60}\btitle\b"
    # A summary.
    r"|\b(?:summari[sz]\w*|(?:detailed|concise|brief|handoff) summary|compact(?:ion|ing)?)\b[^.\n]{0,100}"
    rf"\b{_any('conversations? chat discussion session thread dialogue history_above so_far')}\b"
    r"|\bCHECKPOINT COMPACTION\b|\bpartial conversation\b"
    # What git and its hosts want.
    r"|\b(?:generat|writ|creat|suggest|draft|compos)\w* (?:(?!(?:that|which|script|hook|function)\b)[\w,'’-]+ ){0,7}"
    rf"commit messages?\b|\b(?:pull request|PR|merge request) {_any('title description body summary')}\b"
    # Questions and searches that the program offers.
    r"|\bfollow-? ?up (?:questions|prompts)\b|\bSUGGESTION MODE\b"
    r"|\bsuggest\w*[^.\n]{0,40}\b(?:next prompts?|questions (?:the|that))"
    r"|\bgenerating search queries\b|\bsearch quer(?:y|ies)\b[^.\n]{0,60}\b(?:chat|conversation)\b"
    # What an agent asks beside its work.
    r"|<policy_spec>|\bcommand prefix\b|\bBash commands? that an AI\b|\bexpert at analyzing git history\b"
    r"|### Task:.{0,2000}### Chat History",
    re.IGNORECASE | re.DOTALL,
)

# --- what is one ------------------------------------------------------------------------------------------------------

_LEAD = re.compile(
    r"(?:(?:in|on|inside|within|for|at|given|if|when|with|using|to|from) (?:[^,\n]{1,60},|(?:the |my |our |this )?"
    r"[`\w./@:-]+(?: (?:file|module|function|class|endpoint|page|project|app|handler|view))?)\s+)?(?:[-*>#/\d.)\s]*"
    + _any(
        "please pls can could would will you kindly i we need want would_like ['’]d_like to you_to help me us "
        "let['’]?s now then next also and but ok(?:ay)? so first finally hey hi hello quickly go_ahead try "
        "just instead again too for_me yes great thanks perfect perhaps maybe sure right good"
    )
    + r"\b[,:!\s]*)*",
    re.IGNORECASE,
)
_TELLS = _any(
    "write rewrite create make build add fix repair change update modify extend complete continue finish "
    "generate replace remove rename handle support store save load read parse validate saniti[sz]e escape "
    "hash encrypt decrypt sign verify send fetch download upload serve render return log sort filter search "
    "count convert compute calculate use expose move split extract wrap cache limit allow let prevent protect "
    "ensure turn give put set show display print delete drop import export connect open run call compress "
    "unzip unpack copy port translate patch adapt migrate secure harden optimi[sz]e speed_up integrate "
    "register hook switch provide draft design develop prepare solve test cover mock annotate restrict check "
    "list get fill_in stop keep enforce reject require merge whip_up spin_up do_(?:the_same|that|this|it) "
    r"(?:re)?implement refactor code_(?:me|up|an?|the) program_(?:me|an?) debug scaffold stub schreib\w* "
    r"erstell\w* [ée]cri[sv]\w* cr[ée]e\w* escrib\w* crea\w* scrivi\w*"
)
_VERB = re.compile(rf"{_TELLS}\b", re.IGNORECASE)
# What is made of code, what is made of words, and what may be either, by where it is asked for.
_OF_CODE = _any(
    "function method class endpoint route handler script program module package api rest query queries "
    "parser cli component middleware controller servlet decorator struct server client library app "
    "application backend frontend webhook snippet code codebase implementation unit_test tests? bug "
    "cron_job worker daemon regexp? algorithm helper wrapper constructor callback socket buffer allocator "
    "lexer plugin validator crawler scraper web_page web_app website solver loop subroutine macro "
    "template migration orm dao repository_class blueprint view viewset serializer resolver hook enum "
    "interface programm skript funktion klasse fonction funci[óo]n funzione fun[çc][ãa]o"
)
_OF_WORDS = _any(
    "poem haiku story essay letter summary readme documentation docs blog changelog release_notes memo "
    "recipe explanation itinerary outline joke song speech slogan tagline overview pros sentence resume "
    "cv cover_letter advice ideas? tips agenda quiz invitation caption tweet job_(?:ad|description) "
    "guideline glossary"
)
_EITHER = _any(
    "e-?mail title article post report plan list_of name comparison paragraph translation minutes "
    "question answer policy diagram announcement message review description text page form names"
)
_MADE = re.compile(
    rf"\b(?P<code>{_OF_CODE}e?[ns]?)\b|\b(?P<prose>{_OF_WORDS}s?)\b|\b(?P<either>{_EITHER}s?)\b", re.IGNORECASE
)
_HOW = re.compile(
    r"\bhow (?:(?:do|can|could|should|would|might) (?:i|we|you|one)|to)\b\s+(?!"
    + _any(
        "install uninstall learn explain say pronounce upgrade get_better become choose decide name spell "
        "profile set_up configure interpret understand know exit start_learning tell feel think pick teach "
        "remember prepare motivate estimate"
    )
    + r"\b)|\bwhat(?:['’]s| is) the "
    + _any("best right correct safest safe secure proper idiomatic cleanest simplest easiest")
    + r" way (?:to|of)\b",
    re.IGNORECASE,
)
_ONLY_TO_KNOW = r"(?!\s+to\s+(?:know|understand|learn|ask|see\s+why|hear|discuss))"
_MUST = re.compile(
    r"\b(?:should|must|needs? to|ha(?:s|ve) to|shall)\b"
    rf"|\b(?:i|we|customers|users|admins|people)\s(?:also\s)?(?:need|want|would\slike|require)s?\b{_ONLY_TO_KNOW}"
    rf"|\b(?:i|we)['’]d\slike\b{_ONLY_TO_KNOW}",
    re.IGNORECASE,
)
_ASKS_ABOUT = re.compile(
    _any(
        "what why who when where which whose is are was were does do did has have should_(?:i|we) shall am "
        "explain describe summari[sz]e tell compare review discuss thanks? thank_you nice cool what['’]s "
        "how_(?:does|did|is|are|many|much|long|old|big|come|fast|good)"
    )
    + r"\b",
    re.IGNORECASE,
)
# Programs that let one select code and say what is to become of it.
_TEMPLATE = re.compile(r"\bcode (?:in [\w ]+ )?to (?:be )?(?:rewrit|edit|replac|chang|complet|fill)\w*", re.IGNORECASE)
_NAME = re.compile(r"`[^`\n]{2,60}`|\b[a-z]+_[a-z_]+\b|\b[a-z]+[A-Z]\w+\b|\b\w+\(\)")
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n+")


def housekeeping(system: str, words: str, *, edits: bool) -> bool:
    """Tell whether a request is the program's own: a title, a summary, a commit message and the like."""
    if not edits and len(system) <= SHORT and _HOUSEKEEPING.search(system):
        return True
    found = _HOUSEKEEPING.search(words[:1_500])
    if not found:
        return False
    made = _MADE.search(words[max(0, found.start() - 60) : found.end()])
    return not (made and made["code"] and recognise.in_words(words))


def why_not(said: Understood, *, edits: bool) -> str:
    """Say in a few words why a message asks for no code; "" if it asks for some.

    Args:
        said: The message.
        edits: Whether the model has tools that edit files, so that whatever is to be done is done to code.
    """
    if _NO_CODE.search(said.words):
        return "no code is wanted"
    named = bool(recognise.in_words(said.words))
    place = bool(said.blocks or said.files or said.around or _NAME.search(said.words))
    if "\n" in said.words and not place:
        place = recognise.of_code(said.words) is not None
    if said.blocks and _TEMPLATE.search(said.words):
        return ""
    for sentence in _SENTENCE.split(said.words):
        if _asks(sentence.strip(" \t\"'“”‘’"), place=place, edits=edits, named=named):
            return ""
    return "no code is asked for"


def _asks(sentence: str, *, place: bool, edits: bool, named: bool) -> bool:
    """Tell whether one sentence asks for code."""
    if not sentence:
        return False
    made = _MADE.search(sentence)
    code = bool(made and made["code"])
    if _HOW.search(sentence):
        return place or code or named
    rest = sentence[_LEAD.match(sentence).end() :]  # type: ignore[union-attr]
    if verb := _VERB.match(rest):
        thing = _MADE.search(rest[: verb.end() + OBJECT], verb.end())
        if thing and (thing["prose"] or (thing["either"] and not (place or edits))):
            return False
        return code or place or edits or named
    if _ASKS_ABOUT.match(rest) or sentence.endswith("?"):
        return False
    if _MUST.search(sentence):
        return code or place or edits or named
    # "A Python function that ..." or "Flask view for ...": a thing of code without a verb, in a language that is named.
    return code and named and made is not None and made.start() < 60
