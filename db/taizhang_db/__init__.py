"""The encrypted case database: keys, tables, repositories, migrations."""
