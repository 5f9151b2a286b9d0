// Removes relationships that start at organizations: the one of that type and source between the two ends.
// parameters: {"rows": [{"from": "vn:org:btc", "relation": "PART_OF", "to": "vn:org:btc", "source": "0123456789abcdef"}]}
UNWIND $rows AS row
MATCH (a:Organization {id: row.from})-[r]->(b {id: row.to})
WHERE type(r) = row.relation AND r.source = row.source
DELETE r
