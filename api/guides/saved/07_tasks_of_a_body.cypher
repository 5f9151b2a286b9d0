// Nhiệm vụ của một cơ quan · Tasks of a body
// Change the name; nearest deadlines first among 200
WITH 'Sở Y tế tỉnh Bình Thuận' AS body
MATCH (o:Organization)<-[a:ASSIGNS_TO]-(t:Task)
WHERE o.name = body
WITH o, a, t
LIMIT 200
MATCH (d:Document)-[:CONTAINS]->(t)
RETURN a.role AS role, t.deadline AS deadline, t.text AS task, coalesce(d.number, d.id) AS document, t.id AS id
ORDER BY coalesce(t.due_last, '9999'), id
