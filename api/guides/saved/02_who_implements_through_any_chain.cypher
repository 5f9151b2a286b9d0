// Ai thực hiện, qua mọi cấp · Who implements this, through any chain
// Up to 4 hops down, at most 60 ways
WITH '16/CT-TTg' AS number
MATCH p = (d:Document)<-[:IMPLEMENTS|BASED_ON|GUIDES*1..4]-(:Document)
WHERE d.number = number
RETURN p
LIMIT 60
