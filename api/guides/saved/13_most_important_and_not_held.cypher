// Văn bản quan trọng chưa có · Important and not held
// After `vanban analyse`: what to get first
MATCH (d:Document)
WHERE d.x_rank > 0 AND d.held = false
RETURN d.x_rank AS rank, d.x_cited_by AS cited_by, coalesce(d.number, d.subject, d.id) AS document, d.issuer AS issuer, d.id AS id
ORDER BY rank DESC
LIMIT 25
