// The relationships that start at these documents, with all properties but those of an analysis.
// parameters: {"ids": ["vn:state:ttg:qd:2022:6"]}
UNWIND $ids AS id
MATCH (n:Document {id: id})-[r]->(m)
RETURN n.id AS start, type(r) AS relation, m.id AS finish, r.source AS source,
       [k IN keys(r) WHERE NOT k IN ['source', 'type'] AND NOT k STARTS WITH 'x_' | [k, r[k]]] AS properties
ORDER BY start, relation, finish, source
