// Of these tasks the ones that are due within days, the first due first
// parameters: {"ids": ["vn:task:0123456789abcdef:120"], "due_from": "", "due_to": "9999-12-31", "last_from": "", "last_to": "9999-12-31", "undated": true, "repeated": false, "undone": false, "unassigned": false, "held": [true, false], "issuers": [], "places": [], "confidence": 0.0, "as_of": "9999-12-31", "skip": 0, "limit": 200}
MATCH (d:Document)-[c:CONTAINS]->(t:Task)
WHERE t.id IN $ids
  AND (CASE WHEN t.due_last IS NULL THEN $undated OR ($repeated AND t.rrule IS NOT NULL)
            ELSE t.due_last >= $due_from AND coalesce(t.due_first, t.due_last) <= $due_to
                 AND t.due_last >= $last_from AND t.due_last <= $last_to END)
  AND coalesce(d.held, false) IN $held AND coalesce(d.date_first, '') <= $as_of AND coalesce(c.confidence, 1.0) >= $confidence
  AND (size($issuers) = 0 OR d.issuer IN $issuers OR split(split(d.id, ':')[2], '@')[0] IN $issuers)
  AND (size($places) = 0 OR d.place IN $places OR split(split(d.id, ':')[2], '@')[1] IN $places)
  AND (NOT $undone OR NOT coalesce(t.done, false))
  AND (NOT $unassigned OR NOT EXISTS { MATCH (t)-[:ASSIGNS_TO]->(o:Organization) })
RETURN DISTINCT t.id AS id, d.id AS document, t.due_last AS due_last, t.rrule AS rrule, d.date_first AS since,
       coalesce(t.due_last, '9999-12-31') AS due
ORDER BY due, document, id
SKIP $skip
LIMIT $limit
