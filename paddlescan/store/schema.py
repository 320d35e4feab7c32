"""The tables, as steps that lead from any older version to this one.

`user_version` counts the steps taken. A step that was released is never changed; a new one is added
below it. Values that are document types are JSON bytes written by `document.codec`.
"""

from __future__ import annotations

APPLICATION_ID = 0x50534331
"""Marks the file as ours ("PSC1") for `file` and friends."""
NEW_ID = "lower(hex(randomblob(16)))"
"""By which a store is told from every other one: the numbers of another one name other rows."""

_BATCHES = """
CREATE TABLE batch (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    owner TEXT NOT NULL,
    created_at TEXT NOT NULL,
    options BLOB NOT NULL,  -- ScanOptions
    roots BLOB NOT NULL     -- what was given on the command line
)
"""

_SOURCES = """
CREATE TABLE source (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    batch_id INTEGER NOT NULL REFERENCES batch ON DELETE CASCADE,
    position INTEGER NOT NULL,  -- order of dropping
    raw_path BLOB NOT NULL,
    name TEXT NOT NULL,
    format TEXT,
    page_count INTEGER,         -- NULL until somebody looked
    sha256 TEXT
)
"""

_PAGES = """
CREATE TABLE page (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    batch_id INTEGER NOT NULL REFERENCES batch ON DELETE CASCADE,
    source_id INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
    position INTEGER NOT NULL,  -- that of its source
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    claims INTEGER NOT NULL DEFAULT 0,  -- only ever grows: the token of the newest claim
    prepare BLOB NOT NULL,      -- PrepareOptions
    failure BLOB                -- Failure of the last reading
)
"""

_READINGS = """
CREATE TABLE page_reading (
    page_id INTEGER PRIMARY KEY REFERENCES page ON DELETE CASCADE,
    head BLOB NOT NULL          -- PageHead: the page result without its receipts
)
"""

_RECEIPTS = """
CREATE TABLE receipt (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    batch_id INTEGER NOT NULL REFERENCES batch ON DELETE CASCADE,
    page_id INTEGER REFERENCES page ON DELETE CASCADE,  -- NULL: added by hand
    number INTEGER NOT NULL,
    count INTEGER NOT NULL,
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    present INTEGER NOT NULL,   -- whether the newest reading of the page has it
    removed INTEGER NOT NULL DEFAULT 0,
    needs_review INTEGER NOT NULL DEFAULT 0,
    fields BLOB NOT NULL,       -- the fields now, edits applied
    checks BLOB NOT NULL,       -- the checks now
    cleared BLOB NOT NULL       -- names of fields that a person took out although they were read
)
"""

_RECEIPT_READINGS = """
CREATE TABLE receipt_reading (
    receipt_id INTEGER PRIMARY KEY REFERENCES receipt ON DELETE CASCADE,
    receipt BLOB NOT NULL       -- Receipt as read, lines and all; apart, because it is large
)
"""

_HISTORY = """
CREATE TABLE history (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    receipt_id INTEGER NOT NULL REFERENCES receipt ON DELETE CASCADE,
    name TEXT NOT NULL,
    before BLOB,                -- Field, or NULL
    after BLOB,
    at TEXT NOT NULL
)
"""

_SAME_KEYS = """
CREATE TABLE same_key (         -- of the receipts that count: neither removed nor the later page of another
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    batch_id INTEGER NOT NULL,  -- this and the next three: where the receipt stands
    position INTEGER NOT NULL,
    page_number INTEGER NOT NULL,
    number INTEGER NOT NULL,
    receipt_id INTEGER NOT NULL REFERENCES receipt ON DELETE CASCADE,
    strength INTEGER NOT NULL,  -- 0 for the strongest of its receipt
    marks BLOB NOT NULL,
    PRIMARY KEY (name, value, batch_id, position, page_number, number, receipt_id)
) WITHOUT ROWID
"""

_JOINED_READINGS = """
CREATE TABLE joined_reading (
    receipt_id INTEGER PRIMARY KEY REFERENCES receipt ON DELETE CASCADE,
    receipt BLOB NOT NULL       -- Receipt of several pages, as read; kept with the first of them
)
"""

_CATEGORIES = """
CREATE TABLE merchant_category (
    merchant_key TEXT PRIMARY KEY,
    merchant TEXT NOT NULL,     -- as a person last saw it
    category TEXT NOT NULL,
    at TEXT NOT NULL
)
"""

_LEARNED = """
CREATE TABLE learned (          -- what a person made of a text that was read
    name TEXT NOT NULL,         -- of the field
    seen TEXT NOT NULL,         -- the text as read, folded
    text TEXT NOT NULL,         -- the same as it was read the last time, for a person
    value TEXT NOT NULL,        -- what the person put in its place the last time
    at TEXT NOT NULL,
    PRIMARY KEY (name, seen)
) WITHOUT ROWID
"""

_EVENTS = """
CREATE TABLE event (            -- the journal: codes and figures, nothing of a receipt
    batch_id INTEGER NOT NULL REFERENCES batch ON DELETE CASCADE,
    id INTEGER NOT NULL,        -- in the order in which things happened to the batch
    page_id INTEGER REFERENCES page ON DELETE CASCADE,  -- NULL: of the batch
    receipt INTEGER,            -- its number on the page; NULL: of the whole page
    at TEXT NOT NULL,
    what TEXT NOT NULL,
    detail TEXT NOT NULL,
    who TEXT NOT NULL,          -- the login name of a person; empty: the program
    PRIMARY KEY (batch_id, id)
) WITHOUT ROWID
"""

_HOT_FILES = """
CREATE TABLE hot_file (         -- what was taken from watched folders, each content of a folder once, and its copies
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    folder BLOB NOT NULL,       -- its real path
    path BLOB NOT NULL,         -- of the file, where it was last seen
    mark TEXT NOT NULL,         -- size, time of the last change and inode, then
    sha256 TEXT NOT NULL,
    state TEXT NOT NULL,        -- 'taken', then 'read' or 'failed'
    source_id INTEGER REFERENCES source ON DELETE SET NULL,
    target BLOB                 -- where it is being moved to
)
"""

_HOT_ROUNDS = """
CREATE TABLE hot_round (        -- batches that files of watched folders go into
    batch_id INTEGER PRIMARY KEY REFERENCES batch ON DELETE CASCADE,
    folder BLOB NOT NULL,
    day TEXT NOT NULL,          -- when it was begun
    number INTEGER NOT NULL DEFAULT 0,  -- of its exports; 0: none was begun
    closed INTEGER NOT NULL DEFAULT 0
)
"""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        f"PRAGMA application_id = {APPLICATION_ID}",
        _BATCHES,
        _SOURCES,
        _PAGES,
        _READINGS,
        _RECEIPTS,
        _RECEIPT_READINGS,
        _HISTORY,
        "CREATE UNIQUE INDEX source_order ON source (batch_id, position)",
        "CREATE INDEX source_path ON source (raw_path)",
        "CREATE INDEX source_content ON source (sha256)",
        "CREATE UNIQUE INDEX page_order ON page (batch_id, position, number)",
        "CREATE INDEX page_queue ON page (batch_id, state, position, number)",
        "CREATE UNIQUE INDEX page_of_source ON page (source_id, number)",
        "CREATE INDEX receipt_of_batch ON receipt (batch_id)",
        "CREATE UNIQUE INDEX receipt_of_page ON receipt (page_id, number)",
        "CREATE INDEX history_of_receipt ON history (receipt_id)",
    ),
    (
        "ALTER TABLE page ADD COLUMN quality TEXT NOT NULL DEFAULT ''",  # names of its findings, a space between
        # Until now the one finding was that a page is blank.
        """UPDATE page SET quality = 'blank' WHERE id IN
           (SELECT page_id FROM page_reading WHERE CAST(head AS TEXT) LIKE '%"name":"blank"%')""",
    ),
    (
        _SAME_KEYS,
        _JOINED_READINGS,
        _CATEGORIES,
        "CREATE INDEX same_key_of_receipt ON same_key (receipt_id)",
        "ALTER TABLE receipt ADD COLUMN keyed INTEGER NOT NULL DEFAULT 0",  # whether its keys were ever made
        "ALTER TABLE receipt ADD COLUMN same_as INTEGER REFERENCES receipt ON DELETE SET NULL",
        "ALTER TABLE receipt ADD COLUMN joined_to INTEGER REFERENCES receipt ON DELETE SET NULL",
        "ALTER TABLE receipt ADD COLUMN follows INTEGER NOT NULL DEFAULT 0",  # whether it goes on with the page before
        "ALTER TABLE receipt ADD COLUMN joining TEXT",  # what a person said of that: 'joined', 'apart'
        "ALTER TABLE receipt ADD COLUMN touched INTEGER NOT NULL DEFAULT 0",  # when another receipt last changed it
        "ALTER TABLE batch ADD COLUMN stamp INTEGER NOT NULL DEFAULT 0",  # of the newest such change; only ever grows
        "CREATE INDEX receipt_same_as ON receipt (same_as) WHERE same_as IS NOT NULL",
        "CREATE INDEX receipt_joined_to ON receipt (joined_to) WHERE joined_to IS NOT NULL",
        "CREATE INDEX receipt_touched ON receipt (batch_id, touched)",
        "CREATE INDEX receipt_not_keyed ON receipt (id) WHERE NOT keyed",
    ),
    (
        _LEARNED,
        "ALTER TABLE history ADD COLUMN by TEXT NOT NULL DEFAULT ''",  # the login name of who made the edit
    ),
    (
        _EVENTS,
        "CREATE INDEX event_of_page ON event (page_id, batch_id, id) WHERE page_id IS NOT NULL",
        "CREATE INDEX event_of_batch_alone ON event (batch_id, id) WHERE page_id IS NULL",
    ),
    (
        "CREATE TABLE identity (id TEXT NOT NULL)",  # its own, then those it goes on with; see `presence`
        f"INSERT INTO identity VALUES ({NEW_ID})",
    ),
    (
        "ALTER TABLE batch ADD COLUMN fronted INTEGER NOT NULL DEFAULT 0",  # the highest was in front the last
        "ALTER TABLE batch ADD COLUMN stopped INTEGER NOT NULL DEFAULT 0",  # whether a person stopped its reading
    ),
    (
        _HOT_FILES,
        _HOT_ROUNDS,
        "CREATE INDEX hot_file_of_folder ON hot_file (folder)",
        "CREATE INDEX hot_file_of_source ON hot_file (source_id) WHERE source_id IS NOT NULL",
    ),
)
"""One tuple of statements per version."""
