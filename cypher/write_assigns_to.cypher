// Writes which body leads or coordinates a task; one relationship per source, properties become exactly those given.
// parameters: {"rows": [{"from": "vn:task:0123456789abcdef:120", "to": "vn:org:btc", "source": "0123456789abcdef", "properties": {"source": "0123456789abcdef", "starts": [12], "confidence": 0.9}}]}
UNWIND $rows AS row
MATCH (a:Task {id: row.from})
MATCH (b:Organization {id: row.to})
MERGE (a)-[r:ASSIGNS_TO {source: row.source}]->(b)
SET r = row.properties
RETURN count(r) AS written
