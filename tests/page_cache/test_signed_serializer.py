"""Nothing from the shared cache is unpacked that we didn't put there."""

import pickle

import pytest

from posdesk.page_cache.signed_serializer import SignedSerializer

opened = []


class Bomb:
    """Runs something when it is unpacked."""

    def __reduce__(self):
        return opened.append, ("boom",)


@pytest.fixture
def packer():
    return SignedSerializer({})


def test_what_was_put_comes_back(packer):
    assert packer.loads(packer.dumps({"一": b"\0"})) == {"一": b"\0"}


def test_what_others_put_is_not_there_and_does_nothing(packer):
    for foreign in (pickle.dumps(Bomb()), b"\0" * 32 + pickle.dumps(Bomb()), b"", b"x" * 20):
        assert packer.loads(foreign) is None
    assert not opened


def test_what_was_changed_is_not_there(packer):
    packed = packer.dumps("page")
    for place in range(len(packed)):
        assert packer.loads(packed[:place] + bytes([packed[place] ^ 1]) + packed[place + 1 :]) is None


def test_another_installations_is_not_there(packer, settings):
    packed = packer.dumps("page")
    settings.SECRET_KEY = "x" * 60
    assert packer.loads(packed) is None
