// The documents that are cited and not held, most cited first
// parameters: {"relations": ["IMPLEMENTS", "BASED_ON", "CITES"], "as_of": "9999-12-31", "skip": 0, "limit": 50}
MATCH (d:Document)<-[r]-(:Document)
WHERE NOT coalesce(d.held, false) AND type(r) IN $relations AND coalesce(d.date_first, '') <= $as_of
WITH d, count(DISTINCT r.asserted_by) AS cited_by, count(r) AS edges
RETURN d.id AS id, d.number AS number, d.kind AS kind, d.issuer AS issuer, d.place AS place,
       d.date AS date, d.date_first AS date_first, d.date_last AS date_last, d.subject AS subject,
       d.held AS held, d.complete AS complete, d.validity AS validity,
       d.effective_from AS effective_from, d.effective_to AS effective_to, cited_by, edges
ORDER BY cited_by DESC, edges DESC, id
SKIP $skip
LIMIT $limit
