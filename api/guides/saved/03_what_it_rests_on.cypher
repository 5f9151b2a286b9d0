// Văn bản này dựa vào đâu · What this rests on
// Up to 4 hops up, at most 60 ways
WITH '40-CTr/TU' AS number
MATCH p = (d:Document)-[:IMPLEMENTS|BASED_ON|GUIDES*1..4]->(:Document)
WHERE d.number = number
RETURN p
LIMIT 60
