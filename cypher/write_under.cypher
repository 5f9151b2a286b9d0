// Writes which documents a task is under; one relationship per source, properties become exactly those given.
// parameters: {"rows": [{"from": "vn:task:0123456789abcdef:120", "to": "vn:state:ttg:qd:2022:6", "source": "0123456789abcdef", "properties": {"source": "0123456789abcdef", "starts": [12], "confidence": 0.9}}]}
UNWIND $rows AS row
MATCH (a:Task {id: row.from})
MATCH (b:Document {id: row.to})
MERGE (a)-[r:UNDER {source: row.source}]->(b)
SET r = row.properties
RETURN count(r) AS written
