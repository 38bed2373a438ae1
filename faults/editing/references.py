"""What rows refer to by name."""

from django.db.models import Model
from django.utils.translation import gettext as _

from faults.models import Actor, Category, Environment, Fault, ReturnCode, Source


class References:
    """The rows that others point to, read once. A name that isn't there raises LookupError with a sentence."""

    def __init__(self):
        self._found = {
            "类别": {row.slug: row for row in Category.objects.all()},
            "适用终端": {row.slug: row for row in Environment.objects.all()},
            "谁来处理": {row.slug: row for row in Actor.objects.all()},
            "来源": {row.reference: row for row in Source.objects.all()},
        }
        self.refresh()

    def add(self, item: Model) -> None:
        """Knows a code or an entry from now on that was just written."""
        if isinstance(item, ReturnCode):
            self._found["返回码"][f"{item.scheme}:{item.code}"] = item
        if isinstance(item, Fault):
            self._found["条目"][item.number] = item

    def expect(self, kind: str, row: dict) -> None:
        """Knows the name of a row that will be written together with those that refer to it."""
        if kind == "code":
            self._found["返回码"].setdefault(f"{row['scheme']}:{row['code']}", ReturnCode(scheme=row["scheme"], code=row["code"]))
        if kind == "fault" and row["number"]:
            self._found["条目"].setdefault(row["number"], Fault(number=row["number"]))

    def forget(self, kind: str, row: dict) -> None:
        """Knows no more the name of a row that won't be written."""
        if kind == "code":
            self._found["返回码"].pop(f"{row['scheme']}:{row['code']}", None)
        if kind == "fault":
            self._found["条目"].pop(row["number"], None)

    def refresh(self) -> None:
        """Reads codes and entries anew, after some were written."""
        self._found["返回码"] = {f"{row.scheme}:{row.code}": row for row in ReturnCode.everything.all()}
        self._found["条目"] = {row.number: row for row in Fault.everything.all()}

    def one(self, what: str, name):
        """The row of that kind and name."""
        try:
            return self._found[what][name]
        except KeyError:
            raise LookupError(_("没有叫“%(name)s”的%(what)s。") % {"name": name, "what": _(what)}) from None

    def several(self, what: str, names) -> list:
        """The rows of that kind and those names, in order."""
        return [self.one(what, name) for name in names]
