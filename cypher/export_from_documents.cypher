// The relationships that start at these documents, with all their properties.
// parameters: {"ids": ["vn:state:ttg:qd:2022:6"]}
UNWIND $ids AS id
MATCH (n:Document {id: id})-[r]->(m)
RETURN n.id AS start, type(r) AS relation, m.id AS finish, r.source AS source, properties(r) AS properties
ORDER BY start, relation, finish, source
