"""Knows the marks by which code LMs tell turns, thought, tools, files and infills apart, and breaks them in a text.

This is the only list: models are asked with the marks of `INFILL`, and requests of editors are read by them.

A tokenizer turns a mark into one token wherever it stands, so a demonstration that holds one could end its frame, begin
a turn of its own or move the place that is to be filled in. A mark is broken by a space behind its first character. The
list has the families that we name in the documentation and that the paper uses, by the control tokens of their
published tokenizers and by their chat templates.

Not guaranteed: that a model which is not in the list has no other marks.
"""

import re

# What is between the bars differs from model to model; the marks of Qwen, Llama 3, Phi, GLM, CodeGen, InCoder,
# StarCoder's chat models, gpt-oss and, with wide bars, DeepSeek have this form.
_BARS = r"<(?=[|｜][^<>\n]{0,60}[|｜]>)"
# Marks of fill-in-the-middle: before the code, before what follows it, and before what is to be written. CodeLlama's
# begin with the sign that its tokenizer writes for a space.
INFILL: dict[str, tuple[str, str, str]] = {
    "Qwen": ("<|fim_prefix|>", "<|fim_suffix|>", "<|fim_middle|>"),
    "StarCoder": ("<fim_prefix>", "<fim_suffix>", "<fim_middle>"),
    "SantaCoder": ("<fim-prefix>", "<fim-suffix>", "<fim-middle>"),
    "CodeLlama": ("▁<PRE>", "▁<SUF>", "▁<MID>"),
    "DeepSeek": ("<｜fim▁begin｜>", "<｜fim▁hole｜>", "<｜fim▁end｜>"),
    "Codestral": ("[PREFIX]", "[SUFFIX]", "[MIDDLE]"),
    "GLM": ("<|code_prefix|>", "<|code_suffix|>", "<|code_middle|>"),
    "Seed": ("<[fim-prefix]>", "<[fim-suffix]>", "<[fim-middle]>"),
}
FAMILIES: dict[str, tuple[str, ...]] = {
    "infill": tuple(mark.lstrip("▁") for marks in INFILL.values() for mark in marks),
    "any": ("<s>", "</s>", "<bos>", "<eos>", "<unk>", "<pad>"),
    "thought": ("<think>", "</think>", "<thinking>", "</thinking>", "<thought>", "</thought>"),
    "tools": (  # Qwen, DeepSeek, GLM, Hermes
        *("<tool_call>", "</tool_call>", "<tool_response>", "</tool_response>", "<function_call>", "</function_call>"),
        *("<tools>", "</tools>", "<arg_key>", "</arg_key>", "<arg_value>", "</arg_value>"),
    ),
    "Gemma": (
        *("<start_of_turn>", "<end_of_turn>", "<start_of_image>", "<end_of_image>", "<mask>", "<2mass>", "[@BOS@]"),
        *("<start_function_call>", "<end_function_call>", "<start_function_response>", "<end_function_response>"),
    ),
    "SantaCoder": ("<fim-pad>",),
    "StarCoder": (
        *("<fim_pad>", "<filename>", "<gh_stars>", "<reponame>"),
        *("<issue_start>", "<issue_comment>", "<issue_closed>", "<commit_before>", "<commit_msg>", "<commit_after>"),
        *("<jupyter_start>", "<jupyter_text>", "<jupyter_code>", "<jupyter_output>", "<empty_output>"),
    ),
    "StarCoder2": (
        *("<repo_name>", "<file_sep>", "<jupyter_script>", "<code_to_intermediate>", "<intermediate_to_code>"),
        *("<pr>", "<pr_status>", "<pr_is_merged>", "<pr_base>", "<pr_file>", "<pr_base_code>", "<pr_diff>"),
        *("<pr_diff_hunk>", "<pr_comment>", "<pr_event_id>", "<pr_review>", "<pr_review_state>"),
        *("<pr_review_comment>", "<pr_in_reply_to_review_id>", "<pr_in_reply_to_comment_id>"),
        *("<pr_diff_hunk_comment_line>", "<NAME>", "<EMAIL>", "<KEY>", "<PASSWORD>"),
    ),
    "CodeLlama": (
        "[INST]",
        "[/INST]",
        "<<SYS>>",
        "<</SYS>>",
        "<EOT>",
        "<FILL_ME>",
        "<step>",
    ),
    "Mistral": (
        *("[AVAILABLE_TOOLS]", "[/AVAILABLE_TOOLS]", "[TOOL_CALLS]", "[TOOL_RESULTS]", "[/TOOL_RESULTS]"),
        *("[TOOL_CONTENT]", "[SYSTEM_PROMPT]", "[/SYSTEM_PROMPT]", "[THINK]", "[/THINK]", "[MODEL_SETTINGS]"),
        *("[/MODEL_SETTINGS]", "[CALL_ID]", "[ARGS]", "[IMG]", "[IMG_BREAK]", "[IMG_END]", "[BEGIN_AUDIO]", "[AUDIO]"),
    ),
    "Qwen": ("<|im_start|>", "<|im_end|>", "<|endoftext|>"),
    "DeepSeek": (
        *("<｜begin▁of▁sentence｜>", "<｜end▁of▁sentence｜>", "<｜User｜>", "<｜Assistant｜>", "<|EOT|>"),
        *("<｜tool▁calls▁begin｜>", "<｜tool▁outputs▁begin｜>"),
        *("### Instruction:", "### Response:"),  # the turns of DeepSeek-Coder
    ),
    "Llama 3": (
        *("<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"),
        *("<|eom_id|>", "<|python_tag|>"),
    ),
    "GLM": ("[gMASK]", "[sMASK]", "[MASK]", "<sop>", "<eop>", "<|user|>", "<|assistant|>", "<|observation|>"),
    "Phi": ("<|system|>", "<|end|>", "<|im_sep|>"),
    "CodeGen": ("<mask_1>", "<sep>", "<eom>"),
    "InCoder": ("<|mask:0|>", "<|endofmask|>", "<| file ext=.py |>", "<|/ file |>"),
}
# These are also words of ordinary code, of a usage message or of HTML. They are broken, but no sign of an attack.
ORDINARY = frozenset(
    "<filename> <pr> <NAME> <EMAIL> <KEY> <PASSWORD> <mask> <sep> <pad> <step> <tools> </tools> [ARGS] [IMG] [AUDIO] "
    "[MASK] [PREFIX] [SUFFIX] [MIDDLE] [CALL_ID]".split()
)


def _pattern(marks: set[str]) -> re.Pattern[str]:
    """Match the first character of each of the marks, and of all with bars."""
    numbered = r"<(?=mask_\d+>)"
    each = [f"{re.escape(mark[0])}(?={re.escape(mark[1:])})" for mark in sorted(marks) if not re.match(_BARS, mark)]
    return re.compile("|".join([_BARS, numbered, *each]))


_ALL = _pattern({mark for marks in FAMILIES.values() for mark in marks})
_TELLING = _pattern({mark for marks in FAMILIES.values() for mark in marks} - ORDINARY)


def broken(text: str) -> str:
    """Return a text in which no mark is left."""
    return _ALL.sub(lambda match: match.group() + " ", text)


def first(text: str) -> re.Match[str] | None:
    """Find the first mark that ordinary code does not hold."""
    return _TELLING.search(text)
