// The bodies that lead and coordinate these tasks
// parameters: {"ids": ["vn:task:0123456789abcdef:120"]}
UNWIND $ids AS id
MATCH (t:Task {id: id})-[a:ASSIGNS_TO]->(o:Organization)
RETURN DISTINCT t.id AS id, o.id AS body, o.name AS name, coalesce(a.role, '') AS role
ORDER BY id, role DESC, body
