// Văn bản sửa đổi, thay thế, bãi bỏ · What changed it
// Any document in whose number the words stand first
MATCH (d:Document)<-[r:AMENDS|REPLACES|REPEALS|CORRECTS]-(o:Document)
WHERE d.number STARTS WITH '16/CT'
RETURN coalesce(d.number, d.id) AS document, type(r) AS relation, coalesce(o.number, o.id) AS changed_by, r.quotes[0] AS words
LIMIT 50
