// Writes which body succeeded another; one relationship per source, properties become exactly those given.
// parameters: {"rows": [{"from": "vn:org:btc", "to": "vn:org:cp", "source": "0123456789abcdef", "properties": {"source": "0123456789abcdef", "starts": [12], "confidence": 0.9}}]}
UNWIND $rows AS row
MATCH (a:Organization {id: row.from})
MATCH (b:Organization {id: row.to})
MERGE (a)-[r:SUCCEEDED_BY {source: row.source}]->(b)
SET r = row.properties
RETURN count(r) AS written
