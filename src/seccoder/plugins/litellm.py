"""A callback for LiteLLM: it puts a secure example into chat requests, in the SDK and in LiteLLM's own proxy.

    litellm.callbacks = [SecureExamples()]
    litellm.completion(model, messages, prompt_id="seccoder")

The SDK asks its callbacks only where a `prompt_id` is given; the proxy asks for every request. Nothing else of it
is changed, and an error of ours leaves it as it is.
"""

import asyncio
import logging
from typing import Any

from litellm.integrations.custom_prompt_management import CustomPromptManagement

from seccoder.errors import SecCoderError
from seccoder.pipeline import SecCoder
from seccoder.plugins.messages import with_example

_LOG = logging.getLogger(__name__)


class SecureExamples(CustomPromptManagement):  # type: ignore[misc]  # litellm is not installed where this is checked
    """Puts a secure example before the user's last message.

    Args:
        seccoder: The flow whose codebase, retriever, k and threshold are used; None means one with the usual settings.
        language: The language of all requests; None means the one that each names.
    """

    def __init__(self, seccoder: SecCoder | None = None, language: str | None = None) -> None:
        super().__init__()
        self._seccoder, self._language = seccoder, language

    @property
    def integration_name(self) -> str:
        """The name that LiteLLM's logs show."""
        return "seccoder"

    def get_chat_completion_prompt(
        self, model: str, messages: list[Any], non_default_params: dict[str, Any], *args: Any, **more: Any
    ) -> tuple[str, list[Any], dict[str, Any]]:
        """Return the messages of a call of the SDK with an example; the model and its parameters stay."""
        return model, self._with_example(messages), non_default_params

    async def async_get_chat_completion_prompt(
        self, model: str, messages: list[Any], non_default_params: dict[str, Any], *args: Any, **more: Any
    ) -> tuple[str, list[Any], dict[str, Any]]:
        """Do the same for `acompletion`, beside the event loop."""
        return model, await asyncio.to_thread(self._with_example, messages), non_default_params

    async def async_pre_call_hook(
        self, user_api_key_dict: Any, cache: Any, data: dict[str, Any], call_type: str
    ) -> dict[str, Any]:
        """Do the same for a chat request to LiteLLM's proxy."""
        if isinstance(data.get("messages"), list):
            data = {**data, "messages": await asyncio.to_thread(self._with_example, data["messages"])}
        return data

    def _with_example(self, messages: list[Any]) -> list[Any]:
        try:
            return with_example(messages, self._seccoder, self._language)
        except SecCoderError as error:
            _LOG.warning("seccoder: no example: %s", error)
            return messages
