"""Puts secure examples into requests in the same process: plugins for `llm`, LiteLLM and LangChain."""
