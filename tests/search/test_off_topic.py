"""When a query is about something else: nothing is presented as an answer, and whom to ask is said."""

import pytest
from django.contrib.auth.models import AnonymousUser

from faults.models import Elsewhere
from faults.search.find import find
from faults.search.off_topic import OffTopicWords, unfamiliar_share

READER = AnonymousUser()


@pytest.mark.parametrize(
    ("subject", "share"),
    [("拨号音", 0.0), ("银河系", 1.0), ("拔号音", 0.0), ("facebook", 1.0), ("wubohaoyin", 0.0), ("pos", 0.0), ("", 0.0), ("？！", 0.0)],
)
def test_words_of_everyday_language_that_stand_nowhere(subject, share):
    """A slip (拔号音) is no word of the dictionary; pinyin is no foreign word."""
    known = {"拨号", "号音", "pos"}
    assert unfamiliar_share(subject, known) == share


def test_half_of_it_ours():
    assert 0.3 < unfamiliar_share("银河系拨号", {"拨号"}) < 0.7


@pytest.mark.parametrize(("text", "is_named"), [("花呗怎么开", True), ("qq密码忘了", True), ("qqq", False), ("无拨号音", False)])
def test_words_of_others_stand_alone(text, is_named):
    group = Elsewhere(name="账户", words="花呗\nQQ", refer_to="支付平台")
    assert bool(OffTopicWords([group]).found_in(text)) is is_named


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["怎么办信用卡", "天猫退款", "电视没信号", "今天股票涨了吗", "windows激活码", "路由器密码忘了"])
def test_other_peoples_matters_get_no_answer(text):
    assert not find(READER, text).hits


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["错误代码 0x80070005", "故障码P0420", "E0099 报错", "报错XQ"])
def test_a_strangers_code_gets_the_page_that_says_so(text):
    found = find(READER, text)
    assert not found.hits and found.unknown_code


@pytest.mark.django_db
def test_an_editors_word_works_on_save_and_is_told():
    assert find(READER, "外星人没信号").hits
    Elsewhere.objects.create(name="太空", words="外星人", refer_to="天文台", status="published")
    found = find(READER, "外星人没信号")
    assert not found.hits and found.elsewhere == {"外星人": "天文台"}


@pytest.mark.django_db
def test_an_entry_that_speaks_of_it_is_an_answer_still(draft):
    from faults.models import Status
    from faults.search import index

    Elsewhere.objects.create(name="天上", words="紫霄殿", refer_to="天文台", status="published")
    draft.status = Status.PUBLISHED
    draft.save()
    index.refresh([draft])
    assert find(READER, "紫霄殿打不开").hits[0].item == draft


@pytest.mark.django_db
def test_the_page_says_whom_to_ask(client):
    assert "发卡行客服" in client.get("/search/", {"q": "信用卡怎么还款"}).content.decode()
    assert "发卡行客服" in client.get("/search/suggestions/", {"q": "信用卡怎么还款"}).content.decode()
