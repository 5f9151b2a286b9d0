// Văn bản quan trọng nhất · The most important documents
// After `vanban analyse`: by rank
MATCH (d:Document)
WHERE d.x_rank > 0
RETURN d.x_rank AS rank, d.x_cited_by AS cited_by, d.x_citation_age AS years, coalesce(d.number, d.subject, d.id) AS document, d.id AS id
ORDER BY rank DESC
LIMIT 25
