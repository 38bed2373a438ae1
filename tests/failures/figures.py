"""What the tests count, as tables that docs/reliability.md quotes."""


def as_tables(noted: list[list]) -> str:
    """Markdown. `noted`: [table, row, cells]; rows of one name are added up, but for what is longest or most."""
    tables: dict[str, dict[str, dict]] = {}
    for table, row, cells in noted:
        _add(tables.setdefault(table, {}).setdefault(row, {}), cells)
    return "\n".join(_table(title, rows) for title, rows in tables.items())


def _add(kept: dict, cells: dict) -> None:
    for name, value in cells.items():
        old = kept.get(name, 0)
        kept[name] = max(old, value) if name.startswith(("longest", "most")) else old + value


def _table(title: str, rows: dict[str, dict]) -> str:
    columns = list(dict.fromkeys(name for cells in rows.values() for name in cells))
    lines = [[title, *(name.replace("_", " ") for name in columns)], ["---", *("--:" for _ in columns)]]
    lines += [[row, *(_shown(cells[name]) if name in cells else "" for name in columns)] for row, cells in rows.items()]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _shown(value: float) -> str:
    return f"{value:,.1f}" if isinstance(value, float) else f"{value:,}"
