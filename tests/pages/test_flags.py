"""“有误”: a reader's word reaches the editors, without JavaScript, without a cookie, without a card number."""

import pytest
from django.core.cache import cache

from faults.editing.history import version_read
from faults.models import Fault, Flag
from faults.views.flags import MOST_A_MINUTE
from posdesk.rate_limits import SHARED_FACTOR

pytestmark = pytest.mark.django_db


@pytest.mark.postgresql
def test_the_entry_leads_to_the_form_and_the_word_to_the_desk(client, signed_in_as):
    assert "/f/40/flag/" in client.get("/f/40/").content.decode()
    assert "哪里有误" in client.get("/f/40/flag/").content.decode()
    answer = client.post("/f/40/flag/", {"words": "第二步的按钮叫<b>重打</b>"}, follow=True)
    assert [status for _, status in answer.redirect_chain] == [302] and client.get(answer.redirect_chain[0][0]).status_code == 200
    assert "收到了" in answer.content.decode() and not answer.cookies
    flag = Flag.objects.get()
    assert flag.fault.number == 40 and flag.version == version_read(Fault.objects.get(number=40))
    desk = signed_in_as("编辑").get("/admin/").content.decode()
    assert "按钮叫&lt;b&gt;重打" in desk and "处理完了" in desk


@pytest.mark.parametrize("spelling", ["6222021234567890", "6222 0212 3456 7890", "６２２２-０２１２-３４５６-７８９０"])
def test_a_card_number_is_covered_before_it_is_stored(client, spelling):
    client.post("/f/40/flag/", {"words": f"卡号{spelling}不行"})
    words = Flag.objects.get().words
    assert words.startswith("卡号*") and words.endswith("*不行") and not any(character.isdigit() for character in words)


@pytest.mark.parametrize("words", ["", " ", "x", "长" * 301])
def test_words_that_will_not_do_are_refused_and_kept(client, words):
    answer = client.post("/f/40/flag/", {"words": words})
    assert answer.status_code == 400 and not Flag.objects.exists()
    assert words.strip() in answer.content.decode()


def test_a_flood_is_stopped_with_a_sentence(client):
    for _ in range(MOST_A_MINUTE):
        client.post("/f/40/flag/", {"words": "有误有误"})
    answer = client.post("/f/40/flag/", {"words": "还有一处"})
    assert "过一分钟" in answer.content.decode() and "还有一处" in answer.content.decode() and Flag.objects.count() == MOST_A_MINUTE


def test_a_flood_from_one_address_stops_no_other(client):
    for _ in range(MOST_A_MINUTE + 1):
        client.post("/f/40/flag/", {"words": "有误有误"})
    answer = client.post("/f/40/flag/", {"words": "这里也有一处"}, follow=True, REMOTE_ADDR="203.0.113.7")
    assert "收到了" in answer.content.decode() and not [key for key in cache._cache if "203.0" in key or "127.0" in key]


def test_a_flood_from_thirty_addresses_stops_no_reader(client):
    taken = [client.post("/f/40/flag/", {"words": "有误有误"}, REMOTE_ADDR=f"198.51.100.{n % 30}").status_code for n in range(450)]
    assert taken[-1] == 400 and Flag.objects.count() <= MOST_A_MINUTE * SHARED_FACTOR
    assert client.post("/f/40/flag/", {"words": "第二步不对"}, REMOTE_ADDR="203.0.113.7").status_code == 302
    assert Flag.objects.filter(words="第二步不对").exists()


def test_what_makes_no_sense_is_counted_too(client):
    for _ in range(MOST_A_MINUTE):
        client.post("/f/40/flag/", {"words": ""})
    assert "过一分钟" in client.post("/f/40/flag/", {"words": "还有一处"}).content.decode()


def test_from_the_call_it_names_the_cause(client, signed_in_as):
    cause = Fault.objects.get(number=40).causes.last()
    assert f"/f/40/flag/?cause={cause.pk}" in client.get("/f/40/").content.decode()
    assert cause.title in client.get(f"/f/40/flag/?cause={cause.pk}").content.decode()
    client.post(f"/f/40/flag/?cause={cause.pk}", {"words": "第一步不对"})
    assert Flag.objects.get().cause == cause
    assert cause.title in signed_in_as("编辑").get("/admin/").content.decode()


@pytest.mark.parametrize("named", ["0", "x", "-1", "９", "9" * 30, "1e3"])
def test_a_cause_of_another_entry_or_none_is_left_out(client, named):
    client.post(f"/f/40/flag/?cause={named}", {"words": "有误有误"})
    other = Fault.objects.get(number=5).causes.first()
    client.post(f"/f/40/flag/?cause={other.pk}", {"words": "有误有误"})
    assert [flag.cause for flag in Flag.objects.all()] == [None, None]


def test_another_site_can_not_flag(client):
    assert client.post("/f/40/flag/", {"words": "有误有误"}, headers={"origin": "https://evil.example"}).status_code == 403
    assert client.post("/f/40/flag/", {"words": "有误有误"}, headers={"origin": "http://testserver"}).status_code == 302


def test_no_flag_for_what_readers_do_not_see(client, draft):
    assert client.get("/f/900/flag/").status_code == 404 and client.post("/f/900/flag/", {"words": "有误"}).status_code == 404
