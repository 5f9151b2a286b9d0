// Writes that a document repeals another; one relationship per source, properties become exactly those given.
// parameters: {"rows": [{"from": "vn:state:ttg:qd:2022:6", "to": "vn:na:qh:luat:qh14:38", "source": "0123456789abcdef", "properties": {"source": "0123456789abcdef", "starts": [12], "confidence": 0.9}}]}
UNWIND $rows AS row
MATCH (a:Document {id: row.from})
MATCH (b:Document {id: row.to})
MERGE (a)-[r:REPEALS {source: row.source}]->(b)
SET r = row.properties
RETURN count(r) AS written
