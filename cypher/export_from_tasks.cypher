// The relationships that start at these tasks, with all their properties.
// parameters: {"ids": ["vn:task:0123456789abcdef:120"]}
UNWIND $ids AS id
MATCH (n:Task {id: id})-[r]->(m)
RETURN n.id AS start, type(r) AS relation, m.id AS finish, r.source AS source, properties(r) AS properties
ORDER BY start, relation, finish, source
