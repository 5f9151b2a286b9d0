// The relationships that start at these organizations, with all their properties.
// parameters: {"ids": ["vn:org:btc"]}
UNWIND $ids AS id
MATCH (n:Organization {id: id})-[r]->(m)
RETURN n.id AS start, type(r) AS relation, m.id AS finish, r.source AS source, properties(r) AS properties
ORDER BY start, relation, finish, source
