// The next organizations by id, with all their properties.
// parameters: {"after": "", "limit": 500}
MATCH (n:Organization)
WHERE n.id > $after
RETURN n.id AS id, [] AS families, properties(n) AS properties
ORDER BY id
LIMIT $limit
