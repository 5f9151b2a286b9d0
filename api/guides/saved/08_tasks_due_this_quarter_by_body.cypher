// Nhiệm vụ đến hạn quý này theo cơ quan · Tasks due this quarter by body
// By the day of the server; Neo4j only
WITH toString(date.truncate('quarter', date())) AS first,
     toString(date.truncate('quarter', date()) + duration('P3M') - duration('P1D')) AS last
MATCH (t:Task)
WHERE t.due_last >= first AND t.due_last <= last
WITH t
LIMIT 1000
MATCH (t)-[a:ASSIGNS_TO]->(o:Organization)
RETURN o.name AS body, count(DISTINCT t) AS tasks, min(t.due_last) AS first_due
ORDER BY tasks DESC, body
