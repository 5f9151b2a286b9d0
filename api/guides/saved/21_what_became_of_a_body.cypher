// Cơ quan này nay là gì · What became of a body
// Mergers and renamings, up to 5 changes
WITH 'vn:org:syt@binh-thuan' AS body
MATCH p = (o:Organization)-[:SUCCEEDED_BY*1..5]->(:Organization)
WHERE o.id = body
RETURN p
LIMIT 50
