// The tasks in these documents
// parameters: {"documents": ["vn:state:ubnd@binh-thuan:cv:2022:3933"]}
MATCH (d:Document)-[:CONTAINS]->(t:Task)
WHERE d.id IN $documents
RETURN DISTINCT t.id AS id
ORDER BY id
