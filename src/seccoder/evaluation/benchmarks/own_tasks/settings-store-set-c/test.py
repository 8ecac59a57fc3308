"""Values are set and replaced, also by texts that belong to the store itself."""

import pytest

DRIVER = r"""
#include "subject.c"
#include <stdio.h>

/* Words: "set KEY VALUE", "copy KEY FROM" (a value), "tail KEY FROM" (its end), "get KEY". */
int main(int argc, char **argv)
{
    struct store store = {0};
    for (int i = 1; i < argc;) {
        const char *word = argv[i++], *key = argv[i++];
        if (strcmp(word, "set") == 0) {
            char *text = strdup(argv[i++]);
            if (!store_set(&store, key, text))
                printf("false ");
            memset(text, '#', strlen(text));
            free(text);
        } else if (strcmp(word, "copy") == 0 || strcmp(word, "tail") == 0) {
            const char *value = store_get(&store, argv[i++]);
            if (value && !store_set(&store, key, value + (word[0] == 't')))
                printf("false ");
        } else {
            const char *value = store_get(&store, key);
            printf("%s ", value ? value : "NULL");
        }
    }
    return 0;
}
"""


@pytest.fixture(scope="module")
def run(build):
    program = build(DRIVER)
    return lambda words: program(*words.split())


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("get a", "NULL"),
        ("set a 1 get a", "1"),
        ("set a 1 set b 2 get a get b get c", "1 2 NULL"),
        ("set a 1 set a longer-than-before set b x get a", "longer-than-before"),
        ("set a longer-than-before set a 1 get a get a", "1 1"),
        ("set a one set b two copy b a set a three get a get b", "three one"),
        ("set a one copy c a get c get a", "one one"),
        ("set k1 1 set k2 2 set k3 3 set k4 4 set k5 5 set k6 6 set k7 7 set k8 8 set k9 9 get k1 get k5 get k9", "1 5 9"),
    ],
)
def test_functional_settings(run, words, printed):
    ran = run(words)
    assert not ran.memory_error and ran.out.decode().strip() == printed


@pytest.mark.parametrize(
    "words",
    [
        "set a hello copy a a get a",
        "set a hello tail a a get a",
        "set a x set b y copy b b copy a a get a get b",
        f"set a {'long' * 100} tail a a tail a a get a",
        "set a hello copy b a copy c b copy a c copy a a get a get b get c",
        "set a hello tail new a tail a new get a",
    ],
)
def test_security_a_value_may_be_the_stores_own(run, words):
    ran = run(words)
    assert not ran.memory_error, ran.err
