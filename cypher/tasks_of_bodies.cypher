// The tasks of these bodies, in a role or in any
// parameters: {"bodies": ["vn:org:ubnd@binh-thuan"], "role": ""}
MATCH (t:Task)-[a:ASSIGNS_TO]->(o:Organization)
WHERE o.id IN $bodies AND ($role = '' OR a.role = $role)
RETURN DISTINCT t.id AS id
ORDER BY id
