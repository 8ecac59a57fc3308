"""Which words ask for code: requests and talk, as people write them."""

import pytest

from seccoder.serving.conversation import understand
from seccoder.serving.intent import housekeeping, why_not

ASKS = [
    "Python function to check a password against a stored hash",
    "I'm getting a KeyError in this Flask view, please fix it:\n```python\nx=1\n```",
    "could you help me write a C program that reads a config file",
    "Make the search endpoint in routes/search.ts return only public posts",
    "need a go http handler that proxies an image from a url param",
    "Given a zip upload, extract it safely with Java",
    "Here's my code:\n```js\napp.get('/x', (q,r)=>{})\n```\nIt should also accept a file name and send that file.",
    "Refactor the login route so that it uses prepared statements",
    "Please write unit tests for parse_date()",
    "Generate a JWT in Node",
    "The users table needs an endpoint to delete accounts in Django",
    "convert this to TypeScript:\n```js\nfunction a(b){return b}\n```",
    "Can you show me how to run ffmpeg from Python with a user supplied name?",
    "Write code that connects to MySQL and inserts a row (Python)",
    "Using Spring Boot, create a REST controller for uploading avatars",
    "write me a regex in javascript to validate emails",
    "I would like a C++ class for a ring buffer",
    "Fix the buffer overflow in parse_header",
    "What's the best way to store API tokens in Go?",
    "Add a --output option to cli.py",
    "Write SQL through psycopg to fetch orders by name",
    "Build a small flask app with a comment form",
    "Now do the same for the orders table in Java",
    "Please implement TODO in the following snippet:\n```go\nfunc a(){ // TODO\n}\n```",
    "Our Express server must redirect users after login to the url in `next`",
    "I have a React component; render the markdown bio of a user",
    "my task: a python script which renames files according to a csv",
    "Finish this function.\n```c\nint f(char *s) {\n```",
    "Create function that hashes file content. Language: Python",
    '"In app.py add a download of reports whose file name is in the address"',
    "In app.py add a download of reports",
    "in `parse_date` handle a missing day",
]
TALK = [
    "Who wrote The Old Man and the Sea?",
    "hello",
    "what's up",
    "Tell me a joke about programmers",
    "How do I cook rice?",
    "What does the `yield` keyword do in Python?",
    "Explain this code:\n```python\nx=1\n```",
    "Is Java faster than Go?",
    "Give me five names for a startup that sells Python courses",
    "Summarize the following article: The town council met on Monday and decided to build a bridge.",
    "Write a haiku",
    "Help me plan a trip to Norway",
    "Proofread: I has a apple",
    "Which database should I use for a small shop?",
    "What's wrong with my marriage?",
    "Draft a letter to my landlord",
    "List the planets",
    "Compare Flask and Django",
    "Why is my Python code slow?",
    "ok",
    "yes",
    "that worked, thank you so much!",
    "Can you explain how TLS works, no code",
    "What are the SOLID principles?",
    "How many bytes is an int in C?",
    "Should I learn Rust or Go?",
    "Rate my CV",
    "Create a meal plan for next week",
    "Make the text friendlier: we do not ship on Sundays",
    "Write a job ad for a Python developer",
    "Describe the architecture of Kubernetes",
    "Let's talk about movies",
    "Please translate 'good morning' to Norwegian",
    "Write a product description for a phone case",
    "What year did C come out?",
    "Show me a list of Italian verbs",
    "I need advice on negotiating salary",
    "Find the derivative of x^2",
    "How does garbage collection in Java work?",
    "Review my essay",
]
OWN = [
    "Generate a title for this conversation:",
    "Please write a 5-10 word title for the following conversation",
    "Summarize this partial conversation about programming.",
    "Your task is to create a detailed summary of the conversation so far.",
    "Write a commit message for these changes",
    "Draft a pull request description",
    "Suggest three follow-up questions",
]


@pytest.mark.parametrize("words", ASKS)
def test_code_is_asked_for(words):
    assert why_not(understand(words), edits=False) == ""
    assert not housekeeping("You are a helpful assistant.", words, edits=False)


@pytest.mark.parametrize("words", TALK)
def test_no_code_is_asked_for(words):
    assert why_not(understand(words), edits=False)


@pytest.mark.parametrize("words", OWN)
def test_a_program_asks_for_itself(words):
    assert housekeeping("", words, edits=True)


def test_what_a_function_does_with_titles_and_messages_is_code():
    for words in (
        "Write a Python function that generates a title for a chat conversation",
        "Add a script in Go that checks commit messages",
    ):
        assert not housekeeping("", words, edits=False) and why_not(understand(words), edits=False) == ""


def test_tools_that_edit_files_make_a_task_one_about_code():
    for words in ("let members choose a nickname", "the list should be sorted", "Fix the failing build"):
        assert why_not(understand(words), edits=True) == ""
    for words in ("Write a README that tells people how to join", "what is in src?", "thanks"):
        assert why_not(understand(words), edits=True)
    assert why_not(understand("the list should be sorted"), edits=False)
