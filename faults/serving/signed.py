"""What lies in the shared cache, signed: only who knows SECRET_KEY can put a page there, or anything that is unpacked here."""

import hmac
import pickle  # nosec B403

from django.conf import settings
from django_redis.serializers.base import BaseSerializer

LENGTH = 32  # bytes of a signature


def _signature(packed: bytes) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), packed, "sha256")


class SignedSerializer(BaseSerializer):
    """What django-redis packs and unpacks with."""

    def dumps(self, value: object) -> bytes:
        """Signature and value."""
        packed = pickle.dumps(value)
        return _signature(packed) + packed

    def loads(self, value: bytes) -> object:
        """None, as if nothing were there, for what we haven't signed."""
        signature, packed = value[:LENGTH], value[LENGTH:]
        return pickle.loads(packed) if hmac.compare_digest(signature, _signature(packed)) else None  # noqa: S301 (our own)  # nosec B301
