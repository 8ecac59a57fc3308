"""Reads and writes what counts the tokens of a request in OpenAI's Responses API."""

from seccoder.serving.dialects import messages_count, responses

NAME = "count"
decide, write, said = responses.decide, responses.write, messages_count.said
