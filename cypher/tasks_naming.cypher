// The tasks that name one of these documents
// parameters: {"documents": ["vn:state:ttg:ct:2022:16"]}
MATCH (t:Task)-[:UNDER]->(d:Document)
WHERE d.id IN $documents
RETURN DISTINCT t.id AS id
ORDER BY id
