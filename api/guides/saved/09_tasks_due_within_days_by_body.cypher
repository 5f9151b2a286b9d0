// Nhiệm vụ đến hạn giữa hai ngày theo cơ quan · Tasks due within days by body
// Change the two days
WITH '2023-07-01' AS first, '2023-09-30' AS last
MATCH (t:Task)
WHERE t.due_last >= first AND t.due_last <= last
WITH t
LIMIT 1000
MATCH (t)-[a:ASSIGNS_TO]->(o:Organization)
RETURN o.name AS body, count(DISTINCT t) AS tasks, min(t.due_last) AS first_due
ORDER BY tasks DESC, body
