"""What is asked to compare columns, tallies and counts with the bodies: the rows that are read one by one, and whole comparisons."""

from typing import NamedTuple

from taizhang_casework.domain.changes import Kind

from taizhang_db.tables.case_index import STRETCHES

CASES = """
SELECT c.*, b.body AS body, coalesce(h.head_name, '') AS head_of_household, coalesce(h.head_id_number, '') AS number_of_head,
       (SELECT l.body FROM letters AS l WHERE l.case_id = c.id ORDER BY l.year DESC, l.serial DESC LIMIT 1) AS letter
FROM cases AS c JOIN case_bodies AS b ON b.case_seq = c.seq LEFT JOIN households AS h ON h.id = c.household_id
"""
HOUSEHOLDS = """
SELECT h.*,
       (SELECT json_group_array(n.village_code || ' ' || n.name) FROM household_names AS n WHERE n.household_seq = h.seq) AS names,
       (SELECT json_group_array(n.id_number) FROM household_numbers AS n WHERE n.household_seq = h.seq) AS numbers
FROM households AS h
"""
MONITORED = "SELECT * FROM monitored_households"


class Query(NamedTuple):
    """Counts the rows that differ; ``words`` says of what, in Chinese."""

    words: str
    kinds: frozenset[Kind]
    sql: str


def _columns(words: str, of: Kind, table: str, /, **columns: str) -> Query:
    """The columns of a table that the body says as it is; ``IS NOT`` finds what is missing too."""
    differs = " OR ".join(f"{column} IS NOT {said}" for column, said in columns.items())
    return Query(f"{words}的列表栏目", frozenset({of}), f"SELECT count(*) FROM {table} WHERE {differs}")


def _same(words: str, kinds: set[Kind], kept: str, should: str) -> Query:
    """Two tables that hold the same rows."""
    both = f"SELECT 1 FROM (SELECT * FROM ({kept}) EXCEPT SELECT * FROM ({should}))"
    back = f"SELECT 1 FROM (SELECT * FROM ({should}) EXCEPT SELECT * FROM ({kept}))"
    return Query(
        words, frozenset(kinds), f"SELECT max((SELECT count(*) FROM ({both})), (SELECT count(*) FROM ({back})))"
    )


def _month(path: str) -> str:
    return f"printf('%04d-%02d', body ->> '{path}.year', body ->> '{path}.month')"


_TALLIES = " UNION ALL ".join(
    f"SELECT '{sort}' AS sort, {value.format('cases')} AS value, {period.format('cases')} AS period, channel, count(*) AS n "
    f"FROM cases WHERE discarded_at IS NULL GROUP BY 2, 3, 4"
    for sort, (value, period) in STRETCHES.items()
)
_LIST_WARNINGS = f"""
SELECT w.value ->> 'id', {_month("$.month").replace("body", "l.body")}, w.value ->> 'town_code'
FROM list_imports AS l, json_each(l.body, '$.warnings') AS w
"""
_SENT = """
SELECT l.month, l.town, count(*) FROM list_warnings AS l JOIN sent_warnings AS s ON s.warning_id = l.warning_id
GROUP BY l.month, l.town
"""
_COUNTS = f"""
SELECT r.seq, {_month("$.filing.month").replace("body", "r.body")}, r.body ->> '$.filing.office.id', r.body ->> '$.filing.revision',
       r.body ->> '$.received_at', json_array_length(r.body, '$.filing.lines'),
       (SELECT count(*) FROM json_each(r.body, '$.filing.lines') AS line WHERE line.value ->> 'closed_on' IS NOT NULL)
FROM received_filings AS r
"""
_KEPT_COUNTS = """
SELECT filing_seq, month, body ->> '$.town', body ->> '$.revision', body ->> '$.received_at', body ->> '$.lines', body ->> '$.closed'
FROM received_counts
"""
_PARTNER = "body ->> iif(direction = 'sent', '$.manifest.receiver', '$.manifest.sender')"

QUERIES = (
    _same("案件的分段计数", {Kind.CASE}, "SELECT * FROM case_tally WHERE n <> 0", _TALLIES),
    _columns(
        "告知书",
        Kind.LETTER,
        "letters",
        id="body ->> '$.id'",
        case_id="body ->> '$.case'",
        year="body ->> '$.notice.number.year'",
        serial="body ->> '$.notice.number.serial'",
    ),
    _columns("比对确认", Kind.MATCH, "match_decisions", verdict="body ->> '$.verdict'"),
    _columns(
        "封存的台账",
        Kind.FILING,
        "filings",
        id="body ->> '$.id'",
        month=_month("$.month"),
        revision="body ->> '$.revision'",
    ),
    _same(
        "封存的台账里有哪些案件",
        {Kind.FILING},
        "SELECT filing_seq, case_id FROM filing_lines",
        "SELECT DISTINCT f.seq, line.value ->> 'case' FROM filings AS f, json_each(f.body, '$.lines') AS line",
    ),
    _columns(
        "数据包登记",
        Kind.PACKAGE,
        "packages",
        direction="body ->> '$.direction'",
        digest="body ->> '$.digest'",
        partner=_PARTNER,
        kind="body ->> '$.manifest.kind'",
        number="body ->> '$.manifest.number'",
    ),
    _columns(
        "附件登记",
        Kind.ATTACHMENT,
        "attachments",
        id="body ->> '$.id'",
        case_id="body ->> '$.case'",
        address="body ->> '$.address'",
    ),
    _columns(
        "部门名单",
        Kind.LIST_IMPORT,
        "list_imports",
        id="body ->> '$.id'",
        month=_month("$.month"),
        sha256="body ->> '$.reading.sha256'",
    ),
    _same("部门名单里的预警", {Kind.LIST_IMPORT}, "SELECT warning_id, month, town FROM list_warnings", _LIST_WARNINGS),
    _same(
        "已下发的预警",
        {Kind.PACKAGE},
        "SELECT warning_id, package FROM sent_warnings",
        "SELECT w.value, j.id FROM journal AS j, json_each(j.after, '$.warnings') AS w "
        """WHERE j.kind = 'package' AND j.after LIKE '{"warnings"%'""",
    ),
    _same(
        "已下发预警的计数",
        {Kind.LIST_IMPORT, Kind.PACKAGE},
        "SELECT month, town, n FROM sent_tally WHERE n <> 0",
        _SENT,
    ),
    _columns(
        "镇街报送",
        Kind.RECEIVED_FILING,
        "received_filings",
        id="body ->> '$.filing.id'",
        town="body ->> '$.filing.office.id'",
        month=_month("$.filing.month"),
        revision="body ->> '$.filing.revision'",
    ),
    _same("镇街报送的计数", {Kind.RECEIVED_FILING}, _KEPT_COUNTS, _COUNTS),
)
