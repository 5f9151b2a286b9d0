// Nhiệm vụ dưới một nghị quyết, qua mọi cấp · Tasks under a resolution, through any chain
// Documents that carry it out, up to 3 hops, and their tasks
WITH '16/CT-TTg' AS number
MATCH (d:Document)<-[:IMPLEMENTS*0..3]-(o:Document)
WHERE d.number = number
WITH DISTINCT o
LIMIT 100
MATCH p = (o)-[:CONTAINS]->(:Task)-[:ASSIGNS_TO]->(:Organization)
RETURN p
LIMIT 100
