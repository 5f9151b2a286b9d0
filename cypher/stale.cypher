// Those of these documents that are held and rest on one which another, unknown to them, has amended, replaced or repealed; each change once
// parameters: {"ids": ["vn:state:ubnd@binh-thuan:cv:2022:3933"], "bases": ["BASED_ON", "IMPLEMENTS", "GUIDES"], "as_of": "9999-12-31", "confidence": 0.0, "limit": 200}
UNWIND $ids AS one
MATCH (d:Document {id: one})-[b]->(basis:Document)
MATCH (basis)<-[c:AMENDS|REPLACES|REPEALS]-(change:Document)
WHERE d.held AND type(b) IN $bases AND change.id <> d.id
  AND coalesce(b.confidence, 1.0) >= $confidence AND coalesce(c.confidence, 1.0) >= $confidence
  AND coalesce(change.date_first, '') <= $as_of AND coalesce(d.date_first, '') <= $as_of
  AND (d.date_first IS NULL OR change.date_last IS NULL OR change.date_last > d.date_first)
  AND coalesce(c.asserted_by, '') <> d.id AND NOT EXISTS { MATCH (d)-[]->(change) }
WITH d, basis, change, b, c
ORDER BY type(b), b.source, CASE WHEN c.asserted_by = change.id THEN 0 ELSE 1 END, c.source
WITH d.id AS id, basis.id AS basis, change.id AS change, type(c) AS change_relation, collect(b)[0] AS b, collect(c)[0] AS c,
     collect(DISTINCT c.source) AS sources
RETURN id, basis, change, change_relation, size(sources) AS sources, type(b) AS basis_relation, b.source AS basis_source,
       b.asserted_by AS basis_asserted_by, b.method AS basis_method, b.confidence AS basis_confidence,
       b.quotes AS basis_quotes, b.quote_starts AS basis_starts, b.quote_ends AS basis_ends, b.pinpoints AS basis_pinpoints,
       c.source AS change_source, c.asserted_by AS change_asserted_by, c.method AS change_method,
       c.confidence AS change_confidence, c.quotes AS change_quotes, c.quote_starts AS change_starts,
       c.quote_ends AS change_ends, c.pinpoints AS change_pinpoints
ORDER BY id, basis, change, change_relation
LIMIT $limit
