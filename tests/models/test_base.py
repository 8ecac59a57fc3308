"""What code LMs share: many calls of `generate`, in this thread or side by side, and what a failure costs."""

import threading

import pytest

from seccoder.errors import ModelError
from seccoder.models.base import BaseLM
from seccoder.types import CodeLM, Completion, Prompt, SamplingSettings

SETTINGS = SamplingSettings()


class Echo(BaseLM):
    """Answers with its prompt; one that says "fail" fails."""

    name = "echo"
    context_length = 100

    def __init__(self, at_a_time):
        self.calls_at_a_time = at_a_time
        self.threads = set()

    def count_tokens(self, text):
        return len(text)

    def generate(self, prompt, n, settings):
        self.threads.add(threading.current_thread())
        if prompt.text == "fail":
            raise ModelError("it fails")
        return [Completion(f"{prompt.text} {i}", i, "stop", None, None, 0.5) for i in range(n)]


def requests(*texts):
    return [(Prompt(text), 2, SETTINGS) for text in texts]


@pytest.mark.parametrize("at_a_time", [1, 2, 5])
def test_every_request_is_answered_under_its_number(at_a_time):
    lm: CodeLM = Echo(at_a_time)
    answers = {
        number: ([each.text for each in done], seconds) for number, done, seconds in lm.generate_all(requests(*"abcd"))
    }
    assert answers == {number: ([f"{text} 0", f"{text} 1"], 0.5) for number, text in enumerate("abcd")}


def test_one_at_a_time_stays_in_this_thread():
    lm = Echo(1)
    list(lm.generate_all(requests("a", "b")))
    assert lm.threads == {threading.current_thread()}


@pytest.mark.parametrize("at_a_time", [1, 3])
def test_requests_are_taken_as_their_turn_comes(at_a_time):
    taken = []

    def one_after_the_other():
        for request in requests(*"abcdef"):
            taken.append(request)
            yield request

    answers = Echo(at_a_time).generate_all(one_after_the_other())
    next(answers)
    assert len(taken) <= at_a_time + 1


@pytest.mark.parametrize("at_a_time", [1, 2])
def test_what_was_answered_comes_before_the_failure(at_a_time):
    answers = Echo(at_a_time).generate_all(requests("a", "fail"))
    assert next(answers)[0] == 0
    with pytest.raises(ModelError, match="it fails"):
        list(answers)


def test_calls_that_are_open_are_told_when_nobody_waits_for_them():
    class Endless(Echo):
        def __init__(self):
            super().__init__(2)
            self.gone = threading.Event()

        def generate(self, prompt, n, settings):
            if prompt.text == "endless":
                assert self.gone.wait(60)
                raise ModelError("given up")
            return super().generate(prompt, n, settings)

        def give_up(self):
            self.gone.set()

    answers = Endless().generate_all(requests("a", "endless"))
    assert next(answers)[0] == 0
    answers.close()  # would hang otherwise


def test_it_closes_behind_a_with_block():
    class Closing(Echo):
        closed = False

        def close(self):
            self.closed = True

    with Closing(1) as lm:
        assert not lm.closed
    assert lm.closed and lm.chat is False and lm.arithmetic == ""
