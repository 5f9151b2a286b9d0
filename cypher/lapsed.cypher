// The held documents that rest on one which a register says is no longer in force
// parameters: {"ids": [], "bases": ["BASED_ON", "IMPLEMENTS", "GUIDES"], "validities": ["expired", "partly_in_force", "suspended"], "as_of": "9999-12-31", "confidence": 0.0, "skip": 0, "limit": 200}
MATCH (d:Document)-[b]->(basis:Document)
WHERE d.held AND (size($ids) = 0 OR d.id IN $ids)
  AND type(b) IN $bases AND basis.validity IN $validities
  AND coalesce(b.confidence, 1.0) >= $confidence
  AND coalesce(d.date_first, '') <= $as_of AND coalesce(basis.effective_to, '') <= $as_of
RETURN d.id AS id, basis.id AS basis, basis.validity AS validity, basis.effective_to AS effective_to,
       type(b) AS basis_relation, b.source AS basis_source, b.asserted_by AS basis_asserted_by,
       b.method AS basis_method, b.confidence AS basis_confidence,
       b.quotes AS basis_quotes, b.quote_starts AS basis_starts, b.quote_ends AS basis_ends, b.pinpoints AS basis_pinpoints
ORDER BY id, basis, basis_relation, basis_source
SKIP $skip
LIMIT $limit
