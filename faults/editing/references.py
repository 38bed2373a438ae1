"""What rows refer to by name."""

from django.db.models import Model
from django.utils.translation import gettext as _

from faults.models import Actor, Category, CodeTable, Environment, Fault, ResponseClass, Retry, ReturnCode, Source, Term, Variable
from posdesk.numbers import whole_number

_WORDED = {"fault": "条目", "code": "返回码", "term": "术语"}  # what wordings and notes are of


def not_there(look_up, *arguments) -> list[str]:
    """What a look-up says of a name that isn't there; nothing if all are."""
    try:
        look_up(*arguments)
    except LookupError as error:
        return [str(error)]
    return []


class References:
    """The rows that others point to, read once. A name that isn't there raises LookupError with a sentence."""

    def __init__(self):
        self._found = {
            "类别": {row.slug: row for row in Category.objects.all()},
            "适用终端": {row.slug: row for row in Environment.objects.all()},
            "谁来处理": {row.slug: row for row in Actor.objects.all()},
            "来源": {row.reference: row for row in Source.objects.all()},
            "码表": {row.slug: row for row in CodeTable.objects.all()},
            "重试": {row.slug: row for row in Retry.objects.all()},
            "分类": {row.slug: row for row in ResponseClass.objects.all()},
        }
        self.variables = set(Variable.objects.values_list("name", flat=True))
        self.refresh()

    def add(self, item: Model) -> None:
        """Knows a code, an entry or a term from now on that was just written."""
        if isinstance(item, ReturnCode):
            self._found["返回码"][f"{item.scheme_id}:{item.code}"] = item
        if isinstance(item, Fault):
            self._found["条目"][item.number] = item
        if isinstance(item, Term):
            self._found["术语"][item.name] = item

    def expect(self, kind: str, row: dict) -> None:
        """Knows the name of a row that will be written together with those that refer to it."""
        if kind == "code":
            self._found["返回码"].setdefault(f"{row['scheme']}:{row['code']}", ReturnCode(scheme_id=row["scheme"], code=row["code"]))
        if kind == "fault" and row["number"]:
            self._found["条目"].setdefault(row["number"], Fault(number=row["number"]))
        if kind == "term":
            self._found["术语"].setdefault(row["name"], Term(name=row["name"]))

    def forget(self, kind: str, row: dict) -> None:
        """Knows no more the name of a row that won't be written."""
        if kind == "code":
            self._found["返回码"].pop(f"{row['scheme']}:{row['code']}", None)
        if kind == "fault":
            self._found["条目"].pop(row["number"], None)
        if kind == "term":
            self._found["术语"].pop(row["name"], None)

    def refresh(self) -> None:
        """Reads codes, entries and terms anew, after some were written."""
        self._found["返回码"] = {f"{row.scheme_id}:{row.code}": row for row in ReturnCode.everything.all()}
        self._found["条目"] = {row.number: row for row in Fault.everything.all()}
        self._found["术语"] = {row.name: row for row in Term.everything.all()}

    def one(self, what: str, name):
        """The row of that kind and name."""
        try:
            return self._found[what][name]
        except KeyError:
            if not name:
                raise LookupError(_("“%(what)s”空着，请补上。") % {"what": _(what)}) from None
            raise LookupError(_("没有叫“%(name)s”的%(what)s。") % {"name": name, "what": _(what)}) from None

    def named(self, name: str):
        """The entry, code or term of this name, such as fault:40: what wordings and notes are of."""
        kind, _colon, key = name.partition(":")
        if kind not in _WORDED or (kind == "fault" and str(whole_number(key)) != key):
            raise LookupError(_("“%(name)s”不是条目、返回码或术语：要写成 fault:40、code:cup:97、term:签到。") % {"name": name})
        return self.one(_WORDED[kind], int(key) if kind == "fault" else key)

    def several(self, what: str, names) -> list:
        """The rows of that kind and those names, in order. Raises LookupError that names each that isn't there."""
        names = list(names)
        if said := [sentence for name in names for sentence in not_there(self.one, what, name)]:
            raise LookupError("".join(said))
        return [self.one(what, name) for name in names]
