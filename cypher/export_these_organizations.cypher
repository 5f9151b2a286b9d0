// The organizations with these ids, with all their properties.
// parameters: {"ids": ["vn:org:btc"]}
UNWIND $ids AS id
MATCH (n:Organization {id: id})
RETURN n.id AS id, [] AS families, properties(n) AS properties
ORDER BY id
