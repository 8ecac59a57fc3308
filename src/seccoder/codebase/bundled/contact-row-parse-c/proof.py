"""Each error path frees what it holds exactly once, also when any single allocation fails."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>

static int allocation, failing;
static int fails(void) { return ++allocation == failing; }
void *__real_calloc(size_t count, size_t size);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t length);
void *__wrap_calloc(size_t count, size_t size) { return fails() ? NULL : __real_calloc(count, size); }
char *__wrap_strdup(const char *text) { return fails() ? NULL : __real_strdup(text); }
char *__wrap_strndup(const char *text, size_t length) { return fails() ? NULL : __real_strndup(text, length); }

int main(int argc, char **argv) {
    failing = atoi(argv[1]);
    struct contact *contact = contact_parse(argv[2]);
    if (contact == NULL)
        return printf("refused"), 0;
    printf("[%s] [%s]", contact->name, contact->email);
    contact_free(contact);
}
"""
WRAP = "-Wl,--wrap=calloc,--wrap=strdup,--wrap=strndup"
BUILT = []


@pytest.fixture
def contact(build):
    if not BUILT:
        BUILT.append(build(DRIVER, WRAP))

    def parse(row, failing=0):
        ran = BUILT[0](str(failing), row)
        assert not ran.memory_error, ran.err
        return ran.out.decode()

    return parse


def test_functional_rows(contact):
    assert contact("Ada,ada@example.org") == "[Ada] [ada@example.org]"
    assert contact(",@") == "[] [@]"
    assert contact("Ada,a@b,c") == "[Ada] [a@b,c]"


def test_functional_no_comma(contact):
    assert contact("Ada") == "refused"
    assert contact("") == "refused"


@pytest.mark.parametrize("row", ["Ada,ada.example.org", "Ada,", ",", "a@b,c"])
def test_security_address_without_at(contact, row):
    assert contact(row) == "refused"


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_security_allocation_fails(contact, failing):
    assert contact("Ada,ada@example.org", failing) == "refused"
    assert contact("Ada,no address", failing) == "refused"
