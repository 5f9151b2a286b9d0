// Removes relationships that start at documents: the one of that type and source between the two ends.
// parameters: {"rows": [{"from": "vn:state:ttg:qd:2022:6", "relation": "CITES", "to": "vn:state:ttg:qd:2022:6", "source": "0123456789abcdef"}]}
UNWIND $rows AS row
MATCH (a:Document {id: row.from})-[r]->(b {id: row.to})
WHERE type(r) = row.relation AND r.source = row.source
DELETE r
