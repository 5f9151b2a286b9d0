// The documents that are known in part only, those that most documents cite first: what people should settle
// parameters: {"limit": 200}
MATCH (d:Document)<-[r]-(:Document)
WHERE NOT coalesce(d.complete, false)
WITH d, count(DISTINCT r.asserted_by) AS cited_by
RETURN d.id AS id, cited_by
ORDER BY cited_by DESC, id
LIMIT $limit
