// The tasks with these ids, with all their properties.
// parameters: {"ids": ["vn:task:0123456789abcdef:120"]}
UNWIND $ids AS id
MATCH (n:Task {id: id})
RETURN n.id AS id, [] AS families, properties(n) AS properties
ORDER BY id
