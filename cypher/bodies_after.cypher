// The bodies that took over from these, over any number of changes
// parameters: {"ids": ["vn:org:syt@binh-thuan"]}
MATCH (n:Organization)-[:SUCCEEDED_BY*1..4]->(o:Organization)
WHERE n.id IN $ids
RETURN DISTINCT o.id AS id, o.name AS name
ORDER BY id
