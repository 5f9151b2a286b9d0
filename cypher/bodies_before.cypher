// The bodies that these took over from, over any number of changes
// parameters: {"ids": ["vn:org:syt@lam-dong.2025"]}
MATCH (o:Organization)-[:SUCCEEDED_BY*1..4]->(n:Organization)
WHERE n.id IN $ids
RETURN DISTINCT o.id AS id, o.name AS name
ORDER BY id
