"""Everything that an office has written, in one archive that any database of the program takes back.

An archive (``tdkt-backup/1``) is a zip file:

    manifest.json              when, versions, migrations, and of each part rows, size and SHA-256
    data/<app>.<model>.jsonl   the rows of a table, one JSON list a line, by key (``core.backup.rows``)
    files/<ab>/<SHA-256>       the bytes of each stored file

Rows are written in a form that knows neither SQLite nor PostgreSQL, under the models as they
were after the migrations that the database had: an archive made before an upgrade is loaded
into the tables of its own time, which are then brought up to date like everyone's.

``saving`` writes an archive, ``archive`` opens and proves one, ``restoring`` loads it.
"""
