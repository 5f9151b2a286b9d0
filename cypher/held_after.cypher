// The keys of held documents that follow this one, in their order
// parameters: {"after": "", "limit": 200}
MATCH (d:Document)
WHERE d.held AND d.id > $after
RETURN d.id AS id
ORDER BY id
LIMIT $limit
