"""What a results page says before and beside its hits. 1 s."""

import pytest

pytestmark = pytest.mark.django_db


def page(client, text: str) -> str:
    answer = client.get("/search/", {"q": text})
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_of_several_matters_is_told_with_what_to_ask_and_do(client):
    shown = page(client, "又不打票又连不上网")
    assert "2件事" in shown and shown.count('<li class="first">') >= 1
    first = shown[shown.index('<li class="first">') :]
    assert "<dt>问</dt>" in first and "<dt>做</dt>" in first


@pytest.mark.parametrize(("text", "is_said"), [("47", True), ("97", False), ("47号", False), ("118", False)])
def test_figures_that_are_no_code_but_an_entrys_number(client, text, is_said):
    answer = client.get("/search/", {"q": text})
    assert ("没有一张码表里有" in answer.content.decode()) == is_said
