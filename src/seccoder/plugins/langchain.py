"""A runnable for LangChain: it stands between a prompt and a chat model, and puts a secure example into the messages.

chain = prompt | SecureExamples(language="python") | model
"""

from typing import Any

from langchain_core.language_models import LanguageModelInput
from langchain_core.messages import BaseMessage, HumanMessage, convert_to_messages, convert_to_openai_messages
from langchain_core.prompt_values import PromptValue
from langchain_core.runnables import Runnable, RunnableConfig

from seccoder.pipeline import SecCoder
from seccoder.plugins.messages import with_example


class SecureExamples(Runnable[LanguageModelInput, list[BaseMessage]]):  # type: ignore[misc]  # as in litellm.py
    """Takes what a chat model takes, and returns its messages with a secure example before the user's last words.

    Args:
        seccoder: The flow whose codebase, retriever, k and threshold are used; None means one with the usual settings.
        language: The language of all requests; None means the one that each names.
    """

    def __init__(self, seccoder: SecCoder | None = None, language: str | None = None) -> None:
        self._seccoder, self._language = seccoder, language

    def invoke(self, input: LanguageModelInput, config: RunnableConfig | None = None, **more: Any) -> list[BaseMessage]:
        """Return the messages with an example.

        Raises:
            SecCoderError: If the codebase or the retriever cannot be used.
        """
        messages = _messages(input)
        plain = [
            {"role": each["role"], "content": each.get("content")} for each in convert_to_openai_messages(messages)
        ]
        fresh = with_example(plain, self._seccoder, self._language)
        return [
            message if new is old else message.model_copy(update={"content": new["content"]})
            for message, old, new in zip(messages, plain, fresh, strict=True)
        ]


def _messages(given: Any) -> list[BaseMessage]:
    if isinstance(given, str):
        return [HumanMessage(given)]
    return list(given.to_messages() if isinstance(given, PromptValue) else convert_to_messages(given))
