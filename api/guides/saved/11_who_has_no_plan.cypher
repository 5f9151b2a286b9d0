// Ai được giao mà chưa thấy văn bản triển khai · Who was told and has no document here
// Bodies with tasks of a document that issued nothing known to carry it out
WITH '3933/UBND-KGVXNV' AS number
MATCH (d:Document)-[:CONTAINS]->(t:Task)-[:ASSIGNS_TO]->(o:Organization)
WHERE d.number = number
WITH d, o, count(DISTINCT t) AS tasks
LIMIT 200
WHERE NOT EXISTS { MATCH (d)<-[:IMPLEMENTS]-(:Document)-[:ISSUED_BY]->(o) }
RETURN o.name AS body, tasks
ORDER BY tasks DESC, body
