// All edges of some kinds between documents, without their quotes
// parameters: {"relations": ["IMPLEMENTS", "BASED_ON", "CITES"], "as_of": "9999-12-31"}
MATCH (a:Document)-[r]->(b:Document)
WHERE type(r) IN $relations AND coalesce(a.date_first, '') <= $as_of AND coalesce(b.date_first, '') <= $as_of
RETURN DISTINCT a.id AS from_id, type(r) AS relation, b.id AS to_id
ORDER BY from_id, relation, to_id
