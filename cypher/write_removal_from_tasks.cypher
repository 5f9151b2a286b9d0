// Removes relationships that start at tasks: the one of that type and source between the two ends.
// parameters: {"rows": [{"from": "vn:task:0123456789abcdef:120", "relation": "UNDER", "to": "vn:state:ttg:qd:2022:6", "source": "0123456789abcdef"}]}
UNWIND $rows AS row
MATCH (a:Task {id: row.from})-[r]->(b {id: row.to})
WHERE type(r) = row.relation AND r.source = row.source
DELETE r
