// The tasks that some documents give to each body, in a role or in any
// parameters: {"documents": ["vn:state:ubnd@binh-thuan:cv:2022:3933"], "role": ""}
MATCH (d:Document)-[:CONTAINS]->(t:Task)-[a:ASSIGNS_TO]->(o:Organization)
WHERE d.id IN $documents AND ($role = '' OR a.role = $role)
WITH DISTINCT o.id AS id, o.name AS name, d.id AS document, coalesce(a.role, '') AS role, t.id AS task
ORDER BY id, document, role, task
WITH id, name, document, role, collect(task) AS tasks
RETURN id, name, document, role, tasks
ORDER BY id, document, role
