// Viện dẫn chưa rõ là văn bản nào · Known in part only
// Numbers that may mean several documents
MATCH (d:Document)
WHERE d.complete = false
RETURN coalesce(d.number, d.subject) AS number, d.kind AS kind, d.id AS id
LIMIT 50
