// The bodies that issued these documents
// parameters: {"documents": ["vn:state:ubnd@binh-thuan:cv:2022:3933"]}
MATCH (d:Document)-[:ISSUED_BY]->(o:Organization)
WHERE d.id IN $documents
RETURN DISTINCT d.id AS document, o.id AS id
ORDER BY document, id
