// Writes organizations: properties become exactly those given.
// parameters: {"rows": [{"id": "vn:org:btc", "properties": {"id": "vn:org:btc", "name": "Bộ Tài chính"}}]}
UNWIND $rows AS row
MERGE (o:Organization {id: row.id})
SET o = row.properties
RETURN count(o) AS written
