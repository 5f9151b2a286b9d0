// The next tasks by id, with all properties but those of an analysis.
// parameters: {"after": "", "limit": 500}
MATCH (n:Task)
WHERE n.id > $after
RETURN n.id AS id, [] AS families,
       [k IN keys(n) WHERE NOT k IN ['id', 'type', 'title'] AND NOT k STARTS WITH 'x_' | [k, n[k]]] AS properties
ORDER BY id
LIMIT $limit
