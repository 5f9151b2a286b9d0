// The tasks of some documents or of all, of some bodies in a role, under some documents, due within days; the first due come first
// parameters: {"documents": [], "bodies": [], "role": "", "due_from": "", "due_to": "9999-12-31", "undated": true, "under": [], "skip": 0, "limit": 200}
MATCH (d:Document)-[:CONTAINS]->(t:Task)
WHERE (size($documents) = 0 OR d.id IN $documents)
  AND (CASE WHEN t.due_last IS NULL THEN $undated ELSE t.due_last >= $due_from AND coalesce(t.due_first, t.due_last) <= $due_to END)
  AND (size($bodies) = 0 OR EXISTS { MATCH (t)-[a:ASSIGNS_TO]->(o:Organization) WHERE o.id IN $bodies AND ($role = '' OR a.role = $role) })
  AND (size($under) = 0 OR d.id IN $under OR EXISTS { MATCH (t)-[:UNDER]->(u:Document) WHERE u.id IN $under })
RETURN DISTINCT t.id AS id, d.id AS document, t.text AS text, t.deadline AS deadline, t.due_first AS due_first, t.due_last AS due_last,
       t.rrule AS rrule, t.derived AS derived, t.product AS product, t.done AS done, coalesce(t.due_last, '9999-12-31') AS due
ORDER BY due, document, id
SKIP $skip
LIMIT $limit
