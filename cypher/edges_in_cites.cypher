// `edges_in` for mere mentions: quick where many others rest on them
// parameters: {"ids": ["vn:party:tw:nq:k12:20"], "relations": ["CITES"], "confidence": 0.0, "as_of": "9999-12-31", "limit": 200}
UNWIND $ids AS id
MATCH (d:Document {id: id})<-[r:CITES]-(o:Document)
WHERE type(r) IN $relations AND coalesce(r.confidence, 1.0) >= $confidence AND coalesce(o.date_first, '') <= $as_of
RETURN o.id AS from_id, type(r) AS relation, d.id AS to_id, r.source AS source,
       r.asserted_by AS asserted_by, r.method AS method, r.confidence AS confidence, r.quotes AS quotes,
       r.quote_starts AS quote_starts, r.quote_ends AS quote_ends, r.pinpoints AS pinpoints
ORDER BY from_id, relation, to_id, source
LIMIT $limit
