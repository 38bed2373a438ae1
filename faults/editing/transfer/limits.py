"""How much of a file is read. Each limit stops a file that would cost more memory or time than any real table."""

MAX_BYTES = 20 * 2**20  # the file as it is sent
MAX_UNPACKED = 100 * 2**20  # all parts of a workbook together
MAX_MEMBERS = 2_000  # parts of a workbook
MAX_RATIO = 200  # unpacked : packed, for parts that are big at all
SMALL = 10 * 2**20  # a part below this may be packed as tightly as it likes
MAX_NODES = 3_000_000  # XML elements and attributes, all parts together
MAX_TREE = 500_000  # of these, what openpyxl keeps in memory at one time
MAX_ROWS = 15_000  # items in one sheet: their plan takes 30 kB each
MAX_EMPTY_ROWS = 100_000  # of one sheet, that are written down and hold nothing
MAX_COLUMNS = 100  # further right nothing is read
MAX_CELL = 32_767  # characters; Excel's own limit
EXCEL_ROWS = 1_048_576  # the last row that Excel has
