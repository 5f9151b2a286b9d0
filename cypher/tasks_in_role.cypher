// The tasks in which some body has this role
// parameters: {"role": "coordinate"}
MATCH (t:Task)-[a:ASSIGNS_TO]->(o:Organization)
WHERE a.role = $role
RETURN DISTINCT t.id AS id
ORDER BY id
