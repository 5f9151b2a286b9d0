// The next documents by id, with all their properties.
// parameters: {"after": "", "limit": 500}
MATCH (n:Document)
WHERE n.id > $after
RETURN n.id AS id, [l IN labels(n) WHERE l <> 'Document'] AS families, properties(n) AS properties
ORDER BY id
LIMIT $limit
