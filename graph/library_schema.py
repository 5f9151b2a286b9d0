"""The tables of the library, and the steps from an older file to today's."""

from __future__ import annotations

VERSION = 4

# One entry a version: what turns the version before it into it. Never edited once released; a change is a new entry.
UPGRADES: tuple[str, ...] = (
    """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

    -- A source is a text as decoded; `file` below is bytes that decode to it. `speaks`: its edges are in the graph.
    CREATE TABLE sources (
        number INTEGER PRIMARY KEY, source TEXT NOT NULL UNIQUE, key TEXT NOT NULL, speaks INTEGER NOT NULL DEFAULT 0,
        rank INTEGER NOT NULL DEFAULT 0, document TEXT NOT NULL, signature BLOB NOT NULL, facts BLOB NOT NULL
    );
    CREATE INDEX sources_key ON sources (key);
    CREATE TABLE texts (number INTEGER PRIMARY KEY, text BLOB NOT NULL);
    CREATE TABLE readings (number INTEGER PRIMARY KEY, said BLOB NOT NULL, judged BLOB);

    CREATE TABLE files (
        sha256 TEXT PRIMARY KEY, source TEXT NOT NULL, format TEXT NOT NULL, reader TEXT NOT NULL,
        encoding TEXT NOT NULL, size INTEGER NOT NULL, rank INTEGER NOT NULL, map BLOB
    ) WITHOUT ROWID;
    CREATE INDEX files_source ON files (source);
    CREATE TABLE paths (path TEXT PRIMARY KEY, sha256 TEXT NOT NULL) WITHOUT ROWID;
    CREATE INDEX paths_sha256 ON paths (sha256);

    CREATE TABLE mentions (
        source TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, key TEXT NOT NULL, part TEXT NOT NULL,
        PRIMARY KEY (source, start, end, key, part)
    ) WITHOUT ROWID;
    CREATE INDEX mentions_key ON mentions (key, source);

    -- How many speaking sources print a value of a field of a key; imports count in fields beginning with "register.".
    CREATE TABLE printed (
        key TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, count INTEGER NOT NULL,
        PRIMARY KEY (key, field, value)
    ) WITHOUT ROWID;
    CREATE INDEX printed_most ON printed (key, field, count DESC, value);

    CREATE TABLE near (band INTEGER NOT NULL, source TEXT NOT NULL, PRIMARY KEY (band, source)) WITHOUT ROWID;
    CREATE INDEX near_source ON near (source);

    CREATE TABLE judgements (
        id TEXT PRIMARY KEY, what TEXT NOT NULL, source TEXT, start INTEGER, key TEXT, other TEXT, said TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX judgements_source ON judgements (source);
    CREATE TABLE same (key TEXT PRIMARY KEY, class TEXT NOT NULL) WITHOUT ROWID;
    CREATE INDEX same_class ON same (class);
    CREATE TABLE former (key TEXT PRIMARY KEY, now TEXT NOT NULL) WITHOUT ROWID;

    CREATE TABLE imports (import TEXT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE statements (
        import TEXT NOT NULL, line INTEGER NOT NULL, start TEXT, relation TEXT, end TEXT, key TEXT, said TEXT NOT NULL,
        PRIMARY KEY (import, line)
    ) WITHOUT ROWID;
    CREATE INDEX statements_key ON statements (key);
    CREATE INDEX statements_start ON statements (start, relation, end);
    CREATE INDEX statements_end ON statements (end);

    -- Changes that the graph has not confirmed yet: the dirty mark.
    CREATE TABLE pending (id INTEGER PRIMARY KEY AUTOINCREMENT, change BLOB NOT NULL);

    CREATE VIRTUAL TABLE search USING fts5 (number, subject, text, content='', tokenize='unicode61');
    """,
    """
    -- What documents are called, by whoever names them, also those that are not held; in folded words.
    CREATE VIRTUAL TABLE titles USING fts5 (words, key UNINDEXED, tokenize='unicode61');
    INSERT INTO titles (rowid, words, key) SELECT title_row(key, field, value), folded(value), key FROM printed
        WHERE field IN ('subject', 'name', 'register.subject') AND key NOT LIKE 'vn:org:%';
    """,
    """
    -- The last change of each node of the graph, by the number of the change; what is numbered higher is newer.
    CREATE TABLE changes (
        id TEXT PRIMARY KEY, number INTEGER NOT NULL, came INTEGER NOT NULL, gone INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX changes_number ON changes (number);
    INSERT INTO changes SELECT key, row_number() OVER (ORDER BY key), 0, 0 FROM
        (SELECT DISTINCT key FROM printed WHERE field IN ('named', 'register.named'));
    -- The last number before a change that the graph has not confirmed.
    ALTER TABLE pending ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
    INSERT INTO meta VALUES ('epoch', lower(hex(randomblob(4))));
    CREATE TABLE searches (id TEXT PRIMARY KEY, said TEXT NOT NULL) WITHOUT ROWID;
    """,
    """
    -- Runs of words that texts have, a fixed share of them.
    CREATE TABLE runs (run INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (run, number)) WITHOUT ROWID;
    INSERT OR IGNORE INTO runs SELECT value, number FROM texts, json_each(samples(text));
    """,
)
