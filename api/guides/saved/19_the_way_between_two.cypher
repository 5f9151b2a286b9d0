// Đường nối hai văn bản · The way between two documents
// The shortest, at most 6 hops
MATCH (a:Document), (b:Document)
WHERE a.number = '40-CTr/TU' AND b.number = '20-NQ/TW'
MATCH p = shortestPath((a)-[:IMPLEMENTS|BASED_ON|GUIDES*1..6]->(b))
RETURN p
LIMIT 5
