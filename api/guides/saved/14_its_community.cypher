// Nhóm của văn bản · The community of a document
// After `vanban analyse`: those of highest rank and how they are tied
MATCH (d:Document)
WHERE d.number = '20-NQ/TW' AND d.x_community > 0
WITH d.x_community AS community
LIMIT 1
MATCH (o:Document)
WHERE o.x_community = community AND o.x_rank > 0
WITH o
ORDER BY o.x_rank DESC
LIMIT 25
OPTIONAL MATCH (o)-[r:IMPLEMENTS|BASED_ON|GUIDES]->(other:Document)
WITH o, r, other
LIMIT 200
RETURN o, r, other
