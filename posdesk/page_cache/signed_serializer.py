"""What lies in the shared cache, signed: only who knows SECRET_KEY can put a page there, or anything that is unpacked here."""

from django.core import signing
from django_redis.serializers.pickle import PickleSerializer

SALT = "posdesk.page_cache.signed_serializer"


class SignedSerializer(PickleSerializer):
    """What django-redis packs and unpacks with: its pickles, signed by Django as it signs cookies."""

    def dumps(self, value: object) -> bytes:
        """Value and signature."""
        return signing.dumps(value, salt=SALT, serializer=self._packer).encode()

    def loads(self, value: bytes) -> object:
        """None, as if nothing were there, for what we haven't signed."""
        try:
            return signing.loads(value.decode("latin-1"), salt=SALT, serializer=self._packer)
        except signing.BadSignature:
            return None

    def _packer(self) -> PickleSerializer:
        return PickleSerializer({})
