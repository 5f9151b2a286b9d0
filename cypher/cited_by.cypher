// How many documents cite each of these
// parameters: {"ids": ["vn:party:tw:nq:k12:20", "vn:party:tw:nq:_:20"]}
UNWIND $ids AS id
MATCH (d:Document {id: id})<-[r]-(:Document)
RETURN d.id AS id, count(DISTINCT r.asserted_by) AS cited_by
ORDER BY id
