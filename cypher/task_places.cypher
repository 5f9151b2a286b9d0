// Where these tasks are printed: the source, the beginnings and ends in its text
// parameters: {"ids": ["vn:task:0123456789abcdef:120"]}
MATCH (d:Document)-[c:CONTAINS]->(t:Task)
WHERE t.id IN $ids
RETURN t.id AS id, d.id AS document, c.source AS source, c.starts AS starts, c.ends AS ends
ORDER BY id, document, source
