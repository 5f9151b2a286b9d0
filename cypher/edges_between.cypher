// The edges of some kinds among these documents, with the words that say so
// parameters: {"ids": ["vn:party:tu@binh-thuan:ctr:n2015:40", "vn:party:tw:nq:k12:20"], "relations": ["IMPLEMENTS"], "confidence": 0.0, "limit": 2000}
UNWIND $ids AS id
MATCH (d:Document {id: id})-[r]->(o:Document)
WHERE o.id IN $ids AND type(r) IN $relations AND coalesce(r.confidence, 1.0) >= $confidence
RETURN d.id AS from_id, type(r) AS relation, o.id AS to_id, r.source AS source,
       r.asserted_by AS asserted_by, r.method AS method, r.confidence AS confidence, r.quotes AS quotes,
       r.quote_starts AS quote_starts, r.quote_ends AS quote_ends, r.pinpoints AS pinpoints
ORDER BY from_id, relation, to_id, source
LIMIT $limit
