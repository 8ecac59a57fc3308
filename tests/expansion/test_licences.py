"""Licences: which expressions a policy covers, compared with an evaluation by brute force; which texts are known."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seccoder.expansion.candidate import OWN
from seccoder.expansion.vetting import licences


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("mit", True),
        ("  MIT  ", True),
        (OWN, True),
        ("GPL-2.0-only", False),
        ("gpl-2.0-only or mit", True),
        ("GPL-2.0-only OR MIT", True),
        ("(MIT AND GPL-2.0-only)", False),
        ("MIT AND Apache-2.0", True),
        ("(MIT OR Apache-2.0) AND GPL-3.0-only", False),
        ("GPL-3.0-only AND (MIT OR Apache-2.0)", False),
        ("MIT OR Apache-2.0 AND GPL-3.0-only", True),  # AND binds first
        ("(MIT OR GPL-3.0-only) AND (Apache-2.0 OR GPL-2.0-only)", True),
        ("((MIT) OR (Apache-2.0)) AND ((ISC))", True),
        ("MIT AND(GPL-3.0-only)", False),
        ("MIT\nAND GPL-3.0-only", False),
        ("Apache-2.0 WITH LLVM-exception", True),
        ("GPL-2.0-only WITH Classpath-exception-2.0", False),
        ("MIT WITH Commons-Clause", False),  # no exception that SPDX knows: it may take permissions away
        ("MIT WITH GPL-3.0-only", False),
        ("(MIT OR GPL-2.0-only WITH Classpath-exception-2.0) AND ISC", True),
        ("Apache-2.0+", True),
        ("GPL-2.0+", False),
        ("LicenseRef-proprietary", False),
        ("MIT OR LicenseRef-proprietary", True),
        ("MIT AND LicenseRef-proprietary", False),
        ("Classpath-exception-2.0", False),
        ("NOASSERTION", False),
        ("", False),
        ("()", False),
        ("MIT OR", False),
        ("OR", False),
        ("(MIT", False),
        ("MIT)", False),
        ("MIT GPL-3.0-only", False),
        ("MIT/GPL-3.0-only", False),
        ("MIT, GPL-3.0-only", False),
        ("MIT + GPL-3.0-only", False),
        ("(" * 5000 + "MIT" + ")" * 5000, False),  # nobody writes so much
    ],
)
def test_which_expressions_the_usual_policy_covers(expression, allowed):
    assert licences.allowed(expression, licences.ALLOWED) is allowed


@pytest.mark.parametrize(
    ("policy", "expression", "allowed"),
    [
        ("gpl-2.0-or-later", "GPL-2.0+", True),  # the old spelling of the same
        ("GPL-2.0+", "GPL-2.0-or-later", True),
        ("GPL-2.0", "GPL-2.0-only", True),
        ("GPL-2.0-only", "GPL-2.0-or-later", True),  # "or later" leaves the choice
        ("GPL-2.0-or-later", "GPL-2.0-only", False),
        ("GPL-2.0-only", "GPL-3.0-only", False),
        ("GPL-2.0-only", "GPL-2.0-only WITH Classpath-exception-2.0", True),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0", True),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only", False),
        ("LicenseRef-Ours", "licenseref-ours", True),
        ("MIT WITH Commons-Clause", "MIT WITH Commons-Clause", True),
        ("(MIT", "MIT", False),
    ],
)
def test_what_one_more_licence_of_the_policy_lets_in(policy, expression, allowed):
    assert licences.allowed(expression, {policy}) is allowed


NAMES = ["MIT", "Apache-2.0", "ISC", "GPL-3.0-only", "AGPL-3.0-only", "MPL-2.0", "LicenseRef-x"]
TREES = st.recursive(
    st.sampled_from(NAMES), lambda inner: st.tuples(st.sampled_from(["AND", "OR"]), inner, inner), max_leaves=9
)


def alternatives(tree) -> list[frozenset[str]]:
    """Every way to choose: the sets of licences of which all must be kept."""
    if isinstance(tree, str):
        return [frozenset([tree])]
    left, right = alternatives(tree[1]), alternatives(tree[2])
    return left + right if tree[0] == "OR" else [one | other for one, other in product(left, right)]


def written(tree, draw) -> str:
    """The tree as an expression, with the brackets it needs and some that it does not."""
    if isinstance(tree, str):
        text = draw(st.sampled_from([tree, tree.lower()]))
    else:
        sides = []
        for side in tree[1:]:
            text = written(side, draw)
            sides.append(f"({text})" if tree[0] == "AND" and side[0] == "OR" else text)
        text = f" {draw(st.sampled_from([tree[0], tree[0].lower()]))} ".join(sides)
    return f"({text})" if draw(st.integers(0, 3)) == 0 else text


@given(TREES, st.sets(st.sampled_from(NAMES)), st.data())
def test_an_expression_is_covered_if_one_way_to_choose_keeps_to_the_policy(tree, policy, data):
    expression = written(tree, data.draw)
    assert licences.allowed(expression, policy) is any(each <= policy for each in alternatives(tree)), expression


PIECES = ["MIT", "GPL-3.0", " OR ", " AND ", " WITH ", *"()+-/,&|~*:. \n\0é"]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_no_text_breaks_the_reading_of_expressions(text):
    assert licences.allowed(text, {"ISC"}) is False


MIT = "Permission is hereby granted, free of charge, to any person obtaining a copy of this software. "
NOTICE = "The above copyright notice and this permission notice shall be included in all copies."
BSD = "Redistribution and use in source and binary forms, with or without modification, are permitted"


@pytest.mark.parametrize(
    ("licence", "text"),
    [
        ("MIT", f"MIT License\n\nCopyright\n\n{MIT}\n{NOTICE}"),
        ("MIT-0", MIT),
        ("BSD-2-Clause", BSD),
        ("BSD-3-Clause", f"{BSD}\nNeither the name may be used to endorse or promote products"),
        ("Apache-2.0", "   Apache License\n   Version 2.0, January 2004\n"),
        (
            "GPL-3.0-only",
            "GNU GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007\n ... use the GNU Lesser General instead",
        ),
        ("AGPL-3.0-only", "GNU AFFERO GENERAL PUBLIC LICENSE\nVersion 3\n"),
        ("", "All rights reserved."),
        ("", f"{MIT}\n{NOTICE * 4}\nThe plugins are under the GNU General Public License version 3."),
        ("", "Apache License\nVersion 2.0\n" + "terms " * 80 + "\nGNU GENERAL PUBLIC LICENSE\nVersion 3\n"),
    ],
)
def test_licence_texts(licence, text):
    assert licences.recognise(text) == licence


@pytest.mark.parametrize(
    ("licence", "text"),
    [
        ("GPL-2.0-or-later", "// SPDX-License-Identifier: GPL-2.0-or-later\n"),
        ("MIT", "/* SPDX-License-Identifier: MIT */"),
        ("MIT", "<!-- SPDX-License-Identifier: MIT -->\n"),
        ("MIT/GPL-3.0-only", "SPDX-License-Identifier: MIT/GPL-3.0-only"),
        ("(MIT) AND (GPL-3.0-only)", "SPDX-License-Identifier: MIT\nSPDX-License-Identifier: GPL-3.0-only\n"),
        ("MIT", "SPDX-License-Identifier: MIT\nSPDX-License-Identifier: MIT\n"),
        (" AND ".join(["MIT"] * 30 + ["GPL-3.0-only"]),) * 2,
    ],
)
def test_what_a_file_says_of_its_licence_is_read_to_the_end_of_its_line(licence, text):
    assert licences.recognise(text if "SPDX" in text else f"# SPDX-License-Identifier: {text}\n") == licence
