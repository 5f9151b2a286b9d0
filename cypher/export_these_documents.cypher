// The documents with these ids, with all their properties.
// parameters: {"ids": ["vn:state:ttg:qd:2022:6"]}
UNWIND $ids AS id
MATCH (n:Document {id: id})
RETURN n.id AS id, [l IN labels(n) WHERE l <> 'Document'] AS families, properties(n) AS properties
ORDER BY id
