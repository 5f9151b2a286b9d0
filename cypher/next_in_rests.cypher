// `next_in` for relations by which documents rest on others: quick where many others cite them
// parameters: {"ids": ["vn:party:tw:nq:k12:20"], "relations": ["IMPLEMENTS", "BASED_ON", "GUIDES"], "confidence": 0.0, "as_of": "9999-12-31", "limit": 200}
UNWIND $ids AS id
MATCH (d:Document {id: id})<-[r:IMPLEMENTS|BASED_ON|GUIDES|APPROVES]-(o:Document)
WHERE type(r) IN $relations AND coalesce(r.confidence, 1.0) >= $confidence AND coalesce(o.date_first, '') <= $as_of
RETURN DISTINCT o.id AS id, coalesce(o.held, false) AS held
ORDER BY held DESC, id
LIMIT $limit
