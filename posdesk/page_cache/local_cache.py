"""What one process keeps, bounded by bytes: pages differ in size by a hundred, so that a number of entries bounds nothing."""

from django.core.cache.backends.locmem import LocMemCache

_held: dict[str, int] = {}  # by the name of the store, whose entries all threads share too


class BoundedLocMemCache(LocMemCache):
    """Django's, which lets go what wasn't asked for the longest when OPTIONS["MAX_BYTES"] are held. What is counted is asked for often."""

    def __init__(self, name: str, params: dict):
        options = dict(params["OPTIONS"])
        self._name, self._max_bytes = name, options.pop("MAX_BYTES")
        super().__init__(name, params | {"OPTIONS": options})
        _held.setdefault(name, 0)

    @property
    def held(self) -> int:
        """Bytes, packed."""
        return _held[self._name]

    def _set(self, key: str, value: bytes, timeout=None) -> None:
        self._delete(key)
        super()._set(key, value, timeout)
        _held[self._name] += len(value)
        while _held[self._name] > self._max_bytes:
            self._delete(next(reversed(self._cache)))

    def _delete(self, key: str) -> bool:
        _held[self._name] -= len(self._cache.get(key, b""))
        return super()._delete(key)

    def _cull(self) -> None:
        """Django's makes room by a third; whom to spare is said there, what it frees is counted here."""
        super()._cull()
        _held[self._name] = sum(map(len, self._cache.values()))

    def clear(self) -> None:
        """Lets everything go."""
        super().clear()
        _held[self._name] = 0
