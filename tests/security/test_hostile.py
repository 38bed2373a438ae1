"""The parser that the tests of stored and reflected script rest on sees what a browser would run, and nothing else."""

import pytest

from tests.security.hostile import Marks, injected, marks_in

RUNS = [
    "<img src=x onerror=evil11>",
    '<a href="javascript:evil11">x</a>',
    '<a href=" \tJaVaScRiPt:1">x</a>',
    "<script>say(evil11)</script>",
    '<script type="application/ld+json">{"a": 1}</script><script>evil11</script>',
    '<div x-data="{a: evil11}"></div>',
    '<div @click="evil11"></div>',
    '<p title="" evil11>',
    "<evil11>",
    "<!-- evil11 -->",
    "<style>a{b:evil11}</style>",
    '<form action="data:text/html,1">',
    "<textarea></textarea><img src=x onerror=evil11></textarea>",
]
RESTS = [
    "&lt;img src=x onerror=evil11&gt;",
    '<p title="&quot;&gt;&lt;img src=x onerror=evil11&gt;">evil11</p>',
    '<script type="application/ld+json">{"a": "\\u003Cimg onerror=evil11"}</script>',
    '<a href="/search/?q=%3Cimg+evil11">x</a>',
    '<img src="data:image/png;base64,AAAA">',
    '<input value="javascript:evil11">',
]


@pytest.mark.parametrize("page", RUNS)
def test_what_runs_is_seen(page):
    assert injected(page)


@pytest.mark.parametrize("page", RESTS)
def test_what_is_only_text_is_left_alone(page):
    assert not injected(page)


@pytest.mark.parametrize("kind", ["short", "long"])
def test_a_mark_breaks_out_of_wherever_it_is_put_unescaped(kind):
    for before, after in (("", ""), ('<p title="', '">'), ("<textarea>", "</textarea>"), ("<title>", "</title>")):
        marks = Marks()
        page = f"{before}{getattr(marks, kind)('here')}{after}"
        assert injected(page) and marks_in(page) == {"evil10"} and not marks.missing(marks_in(page))


def test_the_long_one_leaves_scripts_and_comments_too():
    for before, after in (("<script>x='", "'</script>"), ("<!-- ", " -->"), ('<script type="application/ld+json">{"a":"', '"}</script>')):
        assert injected(before + Marks().long("here") + after)
