// Thường được viện dẫn cùng · Cited together with it
// By 200 of the documents that cite it
WITH '20-NQ/TW' AS number
MATCH (d:Document)<-[:CITES]-(o:Document)
WHERE d.number = number
WITH DISTINCT d, o
LIMIT 200
MATCH (o)-[:CITES]->(other:Document)
WHERE other <> d
RETURN coalesce(other.number, other.subject, other.id) AS document, count(DISTINCT o) AS together, other.id AS id
ORDER BY together DESC, id
LIMIT 25
