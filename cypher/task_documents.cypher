// The documents that these tasks are under
// parameters: {"ids": ["vn:task:0123456789abcdef:120"]}
UNWIND $ids AS id
MATCH (t:Task {id: id})-[:UNDER]->(d:Document)
RETURN DISTINCT t.id AS id, d.id AS document
ORDER BY id, document
