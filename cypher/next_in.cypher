// What rests on these documents, one hop further: the documents at the other end of some kinds of edges, held ones first
// parameters: {"ids": ["vn:party:tw:nq:k12:20"], "relations": ["IMPLEMENTS", "BASED_ON", "GUIDES"], "confidence": 0.0, "as_of": "9999-12-31", "limit": 200}
UNWIND $ids AS id
MATCH (d:Document {id: id})<-[r]-(o:Document)
WHERE type(r) IN $relations AND coalesce(r.confidence, 1.0) >= $confidence AND coalesce(o.date_first, '') <= $as_of
RETURN DISTINCT o.id AS id, coalesce(o.held, false) AS held
ORDER BY held DESC, id
LIMIT $limit
